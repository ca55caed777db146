/** Fields that may identify the speaker. A role sees those that the call's file lists for it. */
export const hideableFields = [
  'speaker.name',
  'speaker.email',
  'speaker.bio',
  'speaker.country',
  'coSpeakers',
  'links',
  'notes',
  'consents',
] as const;

export type HideableField = (typeof hideableFields)[number];

/** An organiser may do all that a reviewer may. */
export const roles = ['reviewer', 'organiser'] as const;

export type Role = (typeof roles)[number];

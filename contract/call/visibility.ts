/** What tells who is behind a proposal, or may tell: each role sees what the call's file shows to it. */
export const veiledFields = [
  'speaker.name',
  'speaker.email',
  'speaker.bio',
  'speaker.country',
  'coSpeakers',
  'links',
  'notes',
  'consents',
] as const;

export type VeiledField = (typeof veiledFields)[number];

/** An organiser may do all that a reviewer may. */
export const roles = ['reviewer', 'organiser'] as const;

export type Role = (typeof roles)[number];

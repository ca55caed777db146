/** Fields of a submission that its speaker may edit, each as a whole. */
export const editableFields = [
  'title',
  'description',
  'track',
  'format',
  'level',
  'language',
  'links',
  'notes',
  'consents',
  'coSpeakers',
  'speaker.name',
  'speaker.email',
  'speaker.bio',
  'speaker.country',
] as const;

export type EditableField = (typeof editableFields)[number];

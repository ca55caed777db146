type Limits = { minCharacters?: number; maxCharacters?: number; maxItems?: number };

/**
 * Limits of the fields of a submission. `minCharacters` counts visible characters, `maxCharacters` code points, and
 * `maxItems` entries of a list, whose own limits are those of its characters.
 */
export const submissionLimits = {
  title: { minCharacters: 1, maxCharacters: 200 },
  description: { minCharacters: 10, maxCharacters: 5_000 },
  language: { maxCharacters: 100 },
  links: { maxItems: 5, maxCharacters: 2_000 },
  notes: { minCharacters: 1, maxCharacters: 2_000 },
  'speaker.name': { minCharacters: 1, maxCharacters: 120 },
  'speaker.email': { maxCharacters: 254 },
  'speaker.bio': { minCharacters: 1, maxCharacters: 2_000 },
  'speaker.country': { minCharacters: 1, maxCharacters: 60 },
  coSpeakers: { maxItems: 5 },
  'coSpeakers.name': { minCharacters: 1, maxCharacters: 120 },
  'coSpeakers.email': { maxCharacters: 254 },
} as const satisfies Record<string, Limits>;

/** Versions of the text of a submission: all of them are kept, in the record. */
export const mostEditions = 100;

export const levels = ['beginner', 'intermediate', 'advanced'] as const;

/** What an accepted speaker has answered. `lapsed`: nothing, until it was too late. */
export const attendances = ['awaited', 'confirmed', 'declined', 'lapsed'] as const;

export type Attendance = (typeof attendances)[number];

/** What a speaker may answer. */
export const answers = ['confirmed', 'declined'] as const;

export type Answer = (typeof answers)[number];

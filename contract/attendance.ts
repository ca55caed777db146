/** Whether an accepted speaker will come. `lapsed`: the speaker did not answer in time. */
export const attendances = ['awaited', 'confirmed', 'declined', 'lapsed'] as const;

export type Attendance = (typeof attendances)[number];

export const answers = ['confirmed', 'declined'] as const;

export type Answer = (typeof answers)[number];

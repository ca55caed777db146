/** Whether an accepted speaker will come. `lapsed`: they did not answer in time. `canceled`: after they had confirmed. */
export const attendances = ['awaited', 'confirmed', 'declined', 'lapsed', 'canceled'] as const;

export type Attendance = (typeof attendances)[number];

/** What speakers say themselves: `canceled` once they have confirmed. */
export const answers = ['confirmed', 'declined', 'canceled'] as const;

export type Answer = (typeof answers)[number];

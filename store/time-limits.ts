/** Milliseconds until a connection is free, and for all that is done on it before it is let go. */
export type TimeLimits = { connection: number; use: number };

export const timeLimits = {
  /** An answer leaves within 2 s (contract H13), of which the limits may have taken 300 ms. */
  gateway: { connection: 400, use: 900 },
  /** An activity has 10 s, and many of them write at once. */
  worker: { connection: 4_000, use: 5_000 },
  /** Others may be migrating, and there are indexes to be made. */
  migration: { connection: 4_000, use: 60_000 },
} satisfies Record<string, TimeLimits>;

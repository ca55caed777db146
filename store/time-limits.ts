/** Milliseconds to get a connection, and to use it. */
export type TimeLimits = { connection: number; use: number };

export const timeLimits = {
  /** A response leaves within 2 s (contract H13), of which rate limits may take 300 ms. */
  gateway: { connection: 400, use: 900 },
  /** An activity has 10 s, and many write at once. */
  worker: { connection: 4_000, use: 5_000 },
  /** Another process may be migrating, and indexes take time. */
  migration: { connection: 4_000, use: 60_000 },
} satisfies Record<string, TimeLimits>;

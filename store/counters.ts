import type { IRateLimiterOptions, RateLimiterMemory } from 'rate-limiter-flexible';

/** Milliseconds after which a count is made by this gateway alone: a limit is not worth more of a client's time. */
export const countTimeout = 150;

export const limitsTable = { tableName: 'limits', tableCreated: true };

/** What gateways count together, and each of them alone while the database is out of reach. */
export type Counters = {
  makeCounter(options: IRateLimiterOptions): Pick<RateLimiterMemory, 'consume' | 'get'>;
  close(): Promise<void>;
};

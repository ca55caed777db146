import type { IRateLimiterOptions, RateLimiterMemory } from 'rate-limiter-flexible';

/** Milliseconds after which this gateway counts alone: a rate limit isn't worth more delay. */
export const countTimeout = 150;

export const limitsTable = { tableName: 'limits', tableCreated: true };

/** Rate limit counters shared by the gateways; each counts alone while the database is out of reach. */
export type Counters = {
  makeCounter(options: IRateLimiterOptions): Pick<RateLimiterMemory, 'consume' | 'get'>;
  close(): Promise<void>;
};

import { RateLimiterMemory, RateLimiterPostgres, RLWrapperTimeouts } from 'rate-limiter-flexible';
import { type Counters, countTimeout, limitsTable } from '../counters.ts';
import { openPool } from './pool.ts';

/** Connections of their own, so that counts that hang keep no record waiting. A count takes a millisecond. */
const connections = 4;

/** Milliseconds for the server: to clear what is old takes longer than to count. */
const serverTimeout = 1_000;

export function postgresCounters(location: string, onError: (error: Error) => void): Counters {
  const pool = openPool(location, onError, {
    max: connections,
    connectionTimeoutMillis: countTimeout,
    lock_timeout: countTimeout,
    statement_timeout: serverTimeout,
    query_timeout: serverTimeout,
  });
  return {
    makeCounter: (options) =>
      new RLWrapperTimeouts({
        limiter: new RateLimiterPostgres({
          ...options,
          ...limitsTable,
          storeClient: pool,
          storeType: 'pool',
          clearExpiredByTimeout: true,
        }),
        timeoutMs: countTimeout,
        insuranceLimiter: new RateLimiterMemory(options),
      }),
    close: () => pool.end(),
  };
}

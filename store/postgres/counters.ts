import { RateLimiterMemory, RateLimiterPostgres, RLWrapperTimeouts } from 'rate-limiter-flexible';
import { type Counters, countTimeout, limitsTable } from '../counters.ts';
import { openPool } from './pool.ts';

/** Separate connections, so that slow counts don't delay records. A count takes a millisecond. */
const connections = 4;

/** Milliseconds for the server: deleting old counters takes longer than counting. */
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

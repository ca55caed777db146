import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../http/refusal.ts';

/** `quota` requests in a window of so many seconds. */
type Policy = { quota: number; window: number };

/**
 * What one client may ask for (contract H27). Whoever keeps the pace of Retry-After never comes near: these are for those
 * who don't.
 */
const policies = {
  /** Of an address: a whole university may have one. */
  submit: { quota: 300, window: 60 },
  /** Of an address: what was wrong, as there is no such submission or credential, or as it can't be one. */
  refused: { quota: 300, window: 60 },
  /** Of an address and a submission: the pace is 15 polls in this time at the most, for each of those who poll it. */
  poll: { quota: 60, window: 30 },
  /** Of a credential: a speaker's, for one submission, or a person's. */
  credential: { quota: 300, window: 60 },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;

/** What counts. In memory it counts for one process; a shared store makes all replicas count together. */
export type Counter = Pick<RateLimiterMemory, 'consume' | 'get'>;

export type Limits = ReturnType<typeof createLimits>;

export function createLimits(makeCounter: (options: IRateLimiterOptions) => Counter = inMemory) {
  const counters = new Map(
    Object.entries(policies).map(([name, { quota, window }]) => [
      name,
      makeCounter({ keyPrefix: name, points: quota, duration: window }),
    ]),
  );

  return {
    /** @throws Refusal when the quota is used up */
    async charge(name: PolicyName, key: string): Promise<void> {
      try {
        await counters.get(name)?.consume(key);
      } catch (result) {
        throw result instanceof RateLimiterRes ? tooMany(name, result) : result;
      }
    },

    /** Whether it is, without counting. */
    async isSpent(name: PolicyName, key: string): Promise<boolean> {
      const result = await counters.get(name)?.get(key);
      return result !== undefined && result !== null && result.consumedPoints >= policies[name].quota;
    },
  };
}

/** Where a gateway in front limits, and for benchmarks. */
export const noLimits: Limits = { charge: async () => undefined, isSpent: async () => false };

function inMemory(options: IRateLimiterOptions): Counter {
  return new RateLimiterMemory(options);
}

/** The fields are those of draft-ietf-httpapi-ratelimit-headers-10. */
function tooMany(name: PolicyName, { msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>): Refusal {
  const { quota, window } = policies[name];
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new Refusal(
    'too-many-requests',
    { detail: `Wait for ${seconds} s, as Retry-After says. What was submitted is not affected.` },
    {
      headers: {
        'Retry-After': String(seconds),
        'RateLimit-Policy': `"${name}";q=${quota};w=${window}`,
        RateLimit: `"${name}";r=0;t=${seconds}`,
      },
    },
  );
}

import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../http/refusal.ts';

type Policy = { quota: number; window: number };

/** Limits for one client (contract H27). A client that follows Retry-After never comes near them. */
const policies = {
  /** Per address: a whole university may share one. */
  submit: { quota: 300, window: 60 },
  /** Per address: invalid ids, credentials and submissions. */
  refused: { quota: 300, window: 60 },
  /** Per address and submission: a poller that follows Retry-After polls at most 15 times in this window. */
  poll: { quota: 60, window: 30 },
  credential: { quota: 300, window: 60 },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;

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

    async isSpent(name: PolicyName, key: string): Promise<boolean> {
      const result = await counters.get(name)?.get(key);
      return result !== undefined && result !== null && result.consumedPoints >= policies[name].quota;
    },
  };
}

export const noLimits: Limits = { charge: async () => undefined, isSpent: async () => false };

function inMemory(options: IRateLimiterOptions): Counter {
  return new RateLimiterMemory(options);
}

/** With the header fields of draft-ietf-httpapi-ratelimit-headers-10. */
function tooMany(name: PolicyName, { msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>): Refusal {
  const { quota, window } = policies[name];
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new Refusal(
    'too-many-requests',
    { detail: `Wait ${seconds} s, as Retry-After says. Nothing that was submitted is affected.` },
    {
      headers: {
        'Retry-After': String(seconds),
        'RateLimit-Policy': `"${name}";q=${quota};w=${window}`,
        RateLimit: `"${name}";r=0;t=${seconds}`,
      },
    },
  );
}

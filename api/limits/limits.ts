import { LRUCache } from 'lru-cache';
import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../http/refusal.ts';

type Policy = { quota: number; window: number; isOfGateway?: true };

/** Limits for one client (contract H27). A client that follows Retry-After never comes near them. */
const policies = {
  /** Per address: a whole university may share one. */
  submit: { quota: 300, window: 60 },
  /** Per address: invalid ids, credentials and submissions. */
  refused: { quota: 300, window: 60 },
  /**
   * Per address and submission: a poller that follows Retry-After polls at most 15 times in this window. Each gateway counts
   * alone, since a shared count costs several times what the poll does.
   */
  poll: { quota: 60, window: 30, isOfGateway: true },
  /** Per address: requests for a link by mail. */
  access: { quota: 30, window: 60 },
  credential: { quota: 300, window: 60 },
} as const satisfies Record<string, Policy>;

/** Keys that were asked about lately and had some of their quota left. Each is charged all the same. */
const rememberedKeys = 10_000;

/** Milliseconds: a charge learns of a spent quota anyway, so this only delays the slow line of a guesser. */
const rememberedFor = 1_000;

export type PolicyName = keyof typeof policies;

export type Counter = Pick<RateLimiterMemory, 'consume' | 'get'>;

export type Limits = {
  /** @throws Refusal when the quota is used up */
  charge(name: PolicyName, key: string): Promise<void> | undefined;
  isSpent(name: PolicyName, key: string): Promise<boolean>;
};

export function createLimits(makeCounter: (options: IRateLimiterOptions) => Counter = inMemory) {
  const counters = new Map(
    Object.entries<Policy>(policies).map(([name, { quota, window, isOfGateway }]) => {
      const make = isOfGateway ? inMemory : makeCounter;
      return [name, make({ keyPrefix: name, points: quota, duration: window })];
    }),
  );
  /** When each was seen to have something left. */
  const unspent = new LRUCache<string, number>({ max: rememberedKeys });

  return {
    async charge(name: PolicyName, key: string): Promise<void> {
      try {
        await counters.get(name)?.consume(key);
      } catch (result) {
        unspent.delete(`${name} ${key}`);
        throw result instanceof RateLimiterRes ? tooMany(name, result) : result;
      }
    },

    async isSpent(name: PolicyName, key: string): Promise<boolean> {
      const seenAt = unspent.get(`${name} ${key}`);
      if (seenAt !== undefined && performance.now() - seenAt < rememberedFor) return false;
      const result = await counters.get(name)?.get(key);
      const isSpent = result !== undefined && result !== null && result.consumedPoints >= policies[name].quota;
      if (!isSpent) unspent.set(`${name} ${key}`, performance.now());
      return isSpent;
    },
  };
}

export const noLimits: Limits = { charge: () => undefined, isSpent: async () => false };

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

import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two tries. */
const interval = 100;

/** Milliseconds; a busy machine starts a program in seconds. */
const usualTime = 60_000;

type Limits = { within?: number; signal?: AbortSignal };

/**
 * Tries until there is a value that isn't `false`; a failed try counts as not yet.
 *
 * @param within milliseconds
 * @throws Error with what never came, and with what the last try threw as its cause
 */
export async function until<Value>(
  check: () => Promise<Value | false | undefined>,
  what: string,
  { within = usualTime, signal }: Limits = {},
): Promise<Value> {
  const giveUpAt = performance.now() + within;
  for (let cause: unknown; ; ) {
    signal?.throwIfAborted();
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > giveUpAt) throw new Error(`after ${within / 1_000} s: ${what}`, { cause });
    await delay(interval, undefined, signal && { signal });
  }
}

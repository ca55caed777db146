import { setTimeout as delay } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Limits } from './limits.ts';

const atATime = 4;

/** Milliseconds that each further wrong request takes: 40 of them a second, where one address could ask for thousands. */
const pause = 100;

/** Requests that wait at the most, some seconds each; further ones are refused. */
const longestLine = 200;

export type Guesses = ReturnType<typeof createGuesses>;

/** A polite client may share the address (contract H27): only a wrong request is refused, after it was read. */
export function createGuesses(limits: Limits) {
  const lines = new Map<string, LimitFunction>();

  async function inLine<Value>(address: string, work: () => Promise<Value>): Promise<Value> {
    const line = lines.get(address) ?? pLimit(atATime);
    if (line.pendingCount >= longestLine) await limits.charge('refused', address);
    lines.set(address, line);
    try {
      return await line(work);
    } finally {
      if (line.activeCount + line.pendingCount === 0) lines.delete(address);
    }
  }

  return {
    /** @param isRight whether it is no guess, as far as a cheaper check can tell */
    async attempt<Value>(address: string, work: () => Promise<Value>, isRight = unknown): Promise<Value> {
      if (!(await limits.isSpent('refused', address)) || (await isRight())) return work();
      return inLine(address, () => work().catch(afterPause));
    },

    /** Its answer waits in the line, where it takes no time from right requests. */
    async refuse(address: string, error: unknown): Promise<never> {
      if (await limits.isSpent('refused', address)) await inLine(address, () => delay(pause));
      await limits.charge('refused', address);
      throw error;
    },

    count: (address: string) => limits.charge('refused', address),
  };
}

const unknown = async () => false;

async function afterPause(error: unknown): Promise<never> {
  await delay(pause);
  throw error;
}

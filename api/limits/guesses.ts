import { setTimeout as delay } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Limits } from './limits.ts';

const atATime = 4;

/** Milliseconds per further wrong request: 40 a second from an address that could send thousands. */
const pause = 100;

/** Requests that may wait, some seconds each; further ones are refused. */
const longestLine = 200;

export type Guesses = ReturnType<typeof createGuesses>;

/** Others may share the address (contract H27): only wrong requests are refused, after they were read. */
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
    /** @param isRight a cheaper check that the request isn't a guess */
    async attempt<Value>(address: string, work: () => Promise<Value>, isRight = unknown): Promise<Value> {
      if (!(await limits.isSpent('refused', address)) || (await isRight())) return work();
      return inLine(address, () => work().catch(afterPause));
    },

    /** The response waits in the line, where it delays no right request. */
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

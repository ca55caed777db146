import { setTimeout as delay } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Limits } from './limits.ts';

/** What an address may have under way once it was wrong too often. */
const atATime = 4;

/** Milliseconds more that a wrong one takes then: 40 of them a second, where one address could ask for thousands. */
const pause = 100;

/** So many wait at the most, some seconds. Past that they are refused: it takes as many connections to get there. */
const longestLine = 200;

export type Guesses = ReturnType<typeof createGuesses>;

/**
 * What is refused as unknown, or as no possible submission, costs a look. An address that has guessed wrong too often is
 * slowed: its requests wait in line for each other. As long as the line has room none is refused before the look, since a
 * polite client may have the same address (contract H27): only a wrong one is, after it.
 */
export function createGuesses(limits: Limits) {
  const lines = new Map<string, LimitFunction>();

  /** @throws Refusal where it is too long */
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
    /**
     * @param work throws where it was wrong, after it was counted
     * @param isRight whether it is no guess, as far as can be told for less
     */
    async attempt<Value>(address: string, work: () => Promise<Value>, isRight = unknown): Promise<Value> {
      if (!(await limits.isSpent('refused', address)) || (await isRight())) return work();
      return inLine(address, () => work().catch(afterPause));
    },

    /**
     * For what is known to be wrong before any look: it is counted, and its answer waits in the line, where it takes no time
     * from what was right. @throws that error, or a Refusal when there were too many
     */
    async refuse(address: string, error: unknown): Promise<never> {
      if (await limits.isSpent('refused', address)) await inLine(address, () => delay(pause));
      await limits.charge('refused', address);
      throw error;
    },

    /** @throws Refusal when there were too many, in place of what the caller would answer */
    count: (address: string) => limits.charge('refused', address),
  };
}

const unknown = async () => false;

async function afterPause(error: unknown): Promise<never> {
  await delay(pause);
  throw error;
}

import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two tries. */
const interval = 500;

/** Milliseconds after which a drill has failed: no runbook takes longer. */
const longest = 5 * 60_000;

/** Tries until it is true; a failed try counts as not yet. @throws Error with the last failure as its cause */
export async function until(what: string, isTrue: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const giveUpAt = performance.now() + longest;
  for (let failure: unknown; ; ) {
    try {
      if (await isTrue()) return;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > giveUpAt) throw new Error(`It never came to it that ${what}`, { cause: failure });
    await delay(interval, undefined, { signal });
  }
}

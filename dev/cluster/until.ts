import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two tries. */
const interval = 100;

/** Milliseconds; a busy machine starts a program in seconds. */
const usualTimeout = 60_000;

/** @throws the last error of the check, once the time is over */
export async function until<Value>(
  check: () => Promise<Value | undefined>,
  what: string,
  timeout = usualTimeout,
): Promise<Value> {
  const giveUpAt = performance.now() + timeout;
  for (let cause: unknown; ; ) {
    try {
      const value = await check();
      if (value !== undefined) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > giveUpAt) throw new Error(`after ${timeout / 1_000} s: ${what}`, { cause });
    await delay(interval);
  }
}

export function untilListening(host: string, port: number): Promise<true> {
  return until(() => isListening(host, port), `nothing listens on ${host}:${port}`);
}

function isListening(host: string, port: number): Promise<true> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', reject);
  });
}

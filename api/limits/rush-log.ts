import type { Logger } from 'pino';

/** Milliseconds that one log line speaks for. */
export const logInterval = 10_000;

/**
 * Counts those who are refused for lack of room. Each was told all that there is to know, and hundreds of lines a second would
 * cost the time of those who are served, and hide every other line.
 */
export function createRushLog(log: Pick<Logger, 'error'>, message: string) {
  let refused = 0;

  return function countRefused(): void {
    refused += 1;
    if (refused > 1) return;
    setTimeout(() => {
      log.error({ refused, milliseconds: logInterval }, message);
      refused = 0;
    }, logInterval).unref();
  };
}

import type { Logger } from 'pino';
import { preferredWait } from '../http/preferred-wait.ts';
import { requestIdOf } from '../http/request-id.ts';
import { logInterval } from '../limits/rush-log.ts';
import type { Around } from './around.ts';

/** Milliseconds: half of what an answer may take (contract H13, H16). */
const slow = 1_000;

/** Logs an answer that was slow; of those that follow within the interval, their number. A file is made while it is sent. */
export function createSlowAnswers(log: Pick<Logger, 'warn'>, now = () => performance.now()): Around {
  let more: number | undefined;

  function note(entry: object): void {
    if (more !== undefined) {
      more += 1;
      return;
    }
    log.warn(entry, 'an answer was slow');
    more = 0;
    setTimeout(() => {
      if (more) log.warn({ more, milliseconds: logInterval }, 'more answers were slow');
      more = undefined;
    }, logInterval).unref();
  }

  return (route, handle) => (c) => {
    const began = now();
    const answer = handle(c);
    if (!(answer instanceof Promise)) return answer;

    const ended = () => {
      const milliseconds = Math.round(now() - began);
      const isSlow = milliseconds >= slow && preferredWait(c.req.header('Prefer')) === undefined;
      if (isSlow) note({ requestId: requestIdOf(c), method: c.req.method, route, milliseconds });
    };
    return answer.then(
      (response) => {
        ended();
        return response;
      },
      (error: unknown) => {
        ended();
        throw error;
      },
    );
  };
}

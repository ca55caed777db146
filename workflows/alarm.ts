import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Clock } from './clock.ts';

/** One timer that is kept while its instant stays the same: each new one is two events in the history. */
export function createAlarm(clock: Clock) {
  let current: { until: string; isDue: boolean; scope: CancellationScope } | undefined;

  return {
    get isDue(): boolean {
      return current?.isDue ?? false;
    },

    /** @param until `undefined`: no timer */
    set(until: string | undefined, summary: string): void {
      // By the clock of a task it may have gone off too early (a clock that was put back, a replay): it is set again.
      const isEarly = current?.isDue && until !== undefined && clock.now() < until;
      if (current?.until === until && !isEarly) return;
      if (current && !current.isDue) current.scope.cancel();
      current = undefined;
      if (until === undefined) return;
      const alarm = { until, isDue: false, scope: new CancellationScope() };
      alarm.scope
        .run(() => sleep(clock.millisecondsUntil(until), { summary }))
        .then(
          () => {
            clock.read();
            alarm.isDue = true;
          },
          () => undefined,
        );
      current = alarm;
    },
  };
}

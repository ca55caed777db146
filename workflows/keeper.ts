import { CancellationScope, condition } from '@temporalio/workflow';
import type { CallRules } from '../contract/call.ts';
import { keep } from './judges.ts';
import type { OpenRecord } from './record.ts';

/**
 * Keeps the record up with what people do, beside the way itself: nothing waits for the database. One write at a time, each
 * of the whole, so that whatever came up meanwhile is in the next one.
 */
export function startKeeper(record: OpenRecord, rules: CallRules): { stop: () => Promise<void> } {
  const scope = new CancellationScope({ cancellable: true });
  const running = scope.run(async () => {
    for (;;) {
      await condition(() => record.hasNews);
      await keep(record.takeNews(), rules);
    }
  });
  // It ends by being stopped, and in no other way.
  running.catch(() => undefined);
  return {
    async stop() {
      scope.cancel();
      await running.catch(() => undefined);
    },
  };
}

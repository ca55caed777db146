import { ApplicationFailure, type CancellationScope, setHandler } from '@temporalio/workflow';
import { type Conditional, withdrawUpdate } from '../contract/workflow/commands.ts';
import { alreadyConcluded } from '../contract/workflow/errors.ts';
import { assertUnchanged, noted, released } from './commands.ts';
import type { OpenRecord } from './record.ts';

/**
 * Lets the speaker withdraw as long as there is no conclusion. It is an update, whose place in the workflow's history
 * decides a race against anything else (contract H22), and whose refusal leaves no trace there.
 */
export function acceptWithdrawal(record: OpenRecord, way: CancellationScope): void {
  setHandler(
    withdrawUpdate,
    (_: Conditional) => {
      // A repetition that came before the workflow has ended.
      if (record.conclusion?.kind !== 'withdrawn')
        record.transition({
          conclusion: { kind: 'withdrawn' },
          isOver: true,
          commands: noted(record.state, { by: 'speaker', command: 'withdraw' }),
          releases: released(record.state, 'withdrawn'),
        });
      way.cancel();
      return record.publicStatus;
    },
    {
      description: 'The speaker withdraws',
      validator: (condition) => {
        const kind = record.conclusion?.kind;
        if (kind === undefined) return assertUnchanged(record.state, condition);
        if (kind === 'withdrawn') return;
        throw ApplicationFailure.nonRetryable(`The submission is ${kind}`, alreadyConcluded);
      },
    },
  );
}

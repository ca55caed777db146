import { ApplicationFailure, type CancellationScope, setHandler } from '@temporalio/workflow';
import { type Conditional, withdrawUpdate } from '../contract/workflow/commands.ts';
import { alreadyConcluded } from '../contract/workflow/errors.ts';
import { assertUnchanged, withCommand, withReleases } from './commands.ts';
import type { OpenRecord } from './record.ts';

/** Lets the speaker withdraw until there is a conclusion. The order in the history decides races (contract H22). */
export function acceptWithdrawal(record: OpenRecord, processing: CancellationScope): void {
  setHandler(
    withdrawUpdate,
    (_: Conditional) => {
      // Else a repetition, before the workflow has ended.
      if (record.conclusion?.kind !== 'withdrawn')
        record.transition({
          conclusion: { kind: 'withdrawn' },
          isOver: true,
          commands: withCommand(record.state, { by: 'speaker', command: 'withdraw' }),
          releases: withReleases(record.state, 'withdrawn'),
        });
      processing.cancel();
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

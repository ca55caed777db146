import { isCancellation, upsertMemo } from '@temporalio/workflow';
import { mostStuckNamed } from '../contract/http/most-stuck-named.ts';
import type { Operation } from '../contract/http/operation.ts';
import { isTerminal } from '../contract/http/statuses.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { initialOperation, type OperationMemo } from '../contract/workflow/operation-workflows.ts';

/** Submissions asked at a time. Small, since a batch is repeated if its worker dies. */
export const batchSize = 25;

/** A submission that doesn't answer is tried again this often, within half a minute. */
export const triesOfStuck = 3;

const shortestPause = 1_000;
const longestPause = 60_000;

/** Milliseconds, doubled each time. */
export function pauseBefore(check: number): number {
  return Math.min(longestPause, shortestPause * 2 ** check);
}

/** The document of an operation. Once final, it doesn't change. */
export function openOperation(input: Parameters<typeof initialOperation>[0]) {
  let operation = initialOperation(input);
  const result = { done: 0, skipped: 0 };

  function change(more: Partial<Operation>): void {
    if (isTerminal(operation)) return;
    operation = { ...operation, ...more, lastUpdatedAt: new Date().toISOString() };
    upsertMemo({ operation } satisfies Partial<OperationMemo>);
  }

  return {
    begin: (total: number) => change({ status: 'Running', progress: { completed: 0, total } }),

    advance(done: number, skipped: number): void {
      result.done += done;
      result.skipped += skipped;
      const { total } = operation.progress;
      change({ progress: { completed: Math.min(total, result.done + result.skipped), total } });
    },

    succeed: () => change({ status: 'Succeeded', result }),

    fail: (error: NonNullable<Operation['error']>) => change({ status: 'Failed', result, error }),

    /** Names those that are stuck; what was done is counted. */
    failFor(stuck: readonly SubmissionId[], again: string): void {
      const message = `Some submissions are stuck: they do not answer. ${again}`;
      change({
        status: 'Failed',
        result,
        error: { code: 'some-stuck', message, submissions: stuck.slice(0, mostStuckNamed) },
      });
    },

    endWith(error: unknown): void {
      if (isCancellation(error)) change({ status: 'Canceled' });
      else
        change({ status: 'Failed', error: { code: 'operation-failed', message: 'It has failed: see its workflow.' } });
    },
  };
}

import { isCancellation, upsertMemo } from '@temporalio/workflow';
import type { Operation } from '../contract/http/operation.ts';
import { isTerminal } from '../contract/http/statuses.ts';
import { initialOperation, type OperationMemo } from '../contract/workflow/operation-workflows.ts';

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

    fail: (error: NonNullable<Operation['error']>) => change({ status: 'Failed', error }),

    endWith(error: unknown): void {
      if (isCancellation(error)) change({ status: 'Canceled' });
      else
        change({ status: 'Failed', error: { code: 'operation-failed', message: 'It has failed: see its workflow.' } });
    },
  };
}

/** Small batches, since a batch is repeated if its worker dies. */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  const batches: Item[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  return batches;
}

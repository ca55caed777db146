import { isCancellation, upsertMemo } from '@temporalio/workflow';
import type { Operation } from '../contract/http/operation.ts';
import { initialOperation, isOver, type OperationMemo } from '../contract/workflow/operation-workflows.ts';

/** The document of an operation, as its readers see it. Once it is final, nothing that comes after it changes it. */
export function openOperation(input: Parameters<typeof initialOperation>[0]) {
  let operation = initialOperation(input);
  const result = { done: 0, skipped: 0 };

  function change(more: Partial<Operation>): void {
    if (isOver(operation)) return;
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

    /** How it ends when something is thrown. */
    endWith(error: unknown): void {
      if (isCancellation(error)) change({ status: 'Canceled' });
      else
        change({ status: 'Failed', error: { code: 'operation-failed', message: 'It broke off: see its workflow.' } });
    },
  };
}

/** So many at a time: what a worker that is killed leaves is made again, and is done once all the same. */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  const batches: Item[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  return batches;
}

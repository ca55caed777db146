import type { SubmissionId } from '../contract/submission-id.ts';

export type UnderWay<Value> = ReturnType<typeof createUnderWay<Value>>;

/** Work on submissions that outlives the activity that began it, once at a time for each. */
export function createUnderWay<Value>() {
  const works = new Map<SubmissionId, Promise<Value>>();

  return {
    get size(): number {
      return works.size;
    },

    of: (id: SubmissionId): Promise<Value> | undefined => works.get(id),

    begin(id: SubmissionId, work: () => Promise<Value>): Promise<Value> {
      const begun = work().finally(() => works.delete(id));
      works.set(id, begun);
      return begun;
    },

    /** Resolves when all has ended, well or not. */
    async ended(): Promise<void> {
      await Promise.allSettled(works.values());
    },
  };
}

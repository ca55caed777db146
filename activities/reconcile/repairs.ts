import { heartbeat, log } from '@temporalio/activity';

/** Counts of submissions. `lost`: on record as open, while Temporal has nothing of it. */
export type Reconciliation = { repaired: number; erased: number; lost: number; failed: number };

export type Repairs = ReturnType<typeof createRepairs>;

export function createRepairs() {
  const counts: Reconciliation = { repaired: 0, erased: 0, lost: 0, failed: 0 };

  return {
    counts,

    /** @param repair returns what it is counted as; its failure is counted too */
    async attempt(id: string, repair: () => Promise<keyof Reconciliation | undefined>): Promise<void> {
      heartbeat();
      try {
        const outcome = await repair();
        if (outcome) counts[outcome] += 1;
      } catch (error) {
        counts.failed += 1;
        log.warn('a submission, or a message, could not be reconciled', { id, error });
      }
    },
  };
}

import { heartbeat, log } from '@temporalio/activity';

/** Numbers of submissions. `lost`: open by their record, and without a workflow. */
export type Reconciliation = { repaired: number; erased: number; lost: number; failed: number };

export type Repairs = ReturnType<typeof createRepairs>;

export function createRepairs() {
  const counts: Reconciliation = { repaired: 0, erased: 0, lost: 0, failed: 0 };

  return {
    counts,

    /** A failed repair doesn't stop the others. @param repair returns what to count it as */
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

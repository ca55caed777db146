import { heartbeat, log } from '@temporalio/activity';

/** How many submissions each thing was true of. `lost`: on record as open, while Temporal has nothing of it. */
export type Reconciliation = { repaired: number; erased: number; lost: number; failed: number };

export type Repairs = ReturnType<typeof createRepairs>;

/** The repairs of one reconciliation, counted. */
export function createRepairs() {
  const counts: Reconciliation = { repaired: 0, erased: 0, lost: 0, failed: 0 };

  return {
    counts,

    /** One that fails doesn't keep the others waiting. @param repair gives what it is counted as, if it is */
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

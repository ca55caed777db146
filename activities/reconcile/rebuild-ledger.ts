import { heartbeat } from '@temporalio/activity';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize } from '../pages.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'reconciliation'>;
  workflows: Pick<Workflows, 'list'>;
  repairRecord: (id: SubmissionId) => Promise<unknown>;
};

/**
 * After a restore, asks the workflows that ran since the backup: their records, and the ledger, may lack what was told.
 * Those that had ended before are complete in it.
 */
export async function rebuildLedger({ store, workflows, repairRecord }: Dependencies, { attempt }: Repairs) {
  const since = await store.reconciliation.completeUntil();
  for await (const ids of workflows.list({ kind: 'submissions', since }, batchSize)) {
    heartbeat();
    const recorded = await store.reconciliation.recordedOf(ids);
    for (const id of ids)
      if (recorded.get(id) !== 'erased')
        await attempt(id, async () => {
          await repairRecord(id);
          return undefined;
        });
  }
}

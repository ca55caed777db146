import { heartbeat } from '@temporalio/activity';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize } from '../pages.ts';
import type { RepairRecord } from './repair-record.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'reconciliation'>;
  workflows: Pick<Workflows, 'list'>;
  repairRecord: RepairRecord;
  finishErasure: (id: SubmissionId) => Promise<'erased'>;
};

/**
 * Finds workflows without a record, and those of erased submissions, which may have been started during the erasure.
 *
 * @param since only workflows that run or have ended since then
 */
export async function checkWorkflows(
  { store, workflows, repairRecord, finishErasure }: Dependencies,
  { attempt }: Repairs,
  since: string | undefined,
): Promise<void> {
  for (const kind of ['submissions', 'deliveries'] as const) {
    for await (const ids of workflows.list({ kind, since }, batchSize)) {
      heartbeat();
      const recorded = await store.reconciliation.recordedOf(ids);
      for (const id of ids) {
        if (recorded.get(id) === 'erased') await attempt(id, () => finishErasure(id));
        else if (kind === 'submissions' && !recorded.has(id)) await attempt(id, () => repairRecord(id));
      }
    }
  }
}

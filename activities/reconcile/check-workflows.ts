import { heartbeat } from '@temporalio/activity';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Recorded } from '../../store/reconciliation.ts';
import type { Store } from '../../store/store.ts';
import type { ListedRun } from '../../temporal/workflows/list-submissions.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize } from '../pages.ts';
import type { AuditActs } from './audit-acts.ts';
import type { RepairRecord } from './repair-record.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'reconciliation'>;
  workflows: Pick<Workflows, 'list' | 'listRuns' | 'tracesOf'>;
  repairRecord: RepairRecord;
  auditActs: AuditActs;
  finishErasure: (id: SubmissionId) => Promise<'erased'>;
};

/**
 * Finds workflows without a record, those of erased submissions, which may have been started during the erasure, and those
 * that show the hand of an operator.
 *
 * @param since only workflows that run or have ended since then
 */
export async function checkWorkflows(
  { store, workflows, repairRecord, auditActs, finishErasure }: Dependencies,
  { attempt }: Repairs,
  since: string | undefined,
): Promise<void> {
  for await (const runs of workflows.listRuns({ kind: 'submissions', since }, batchSize)) {
    heartbeat();
    const recorded = await store.reconciliation.recordedOf(runs.map(({ id }) => id));
    for (const listed of runs) {
      const { id, run } = listed;
      const record = recorded.get(id);
      if (record === 'erased') await attempt(id, () => finishErasure(id));
      else if (record === undefined) await attempt(id, () => repairRecord(id));
      if (record !== 'erased' && isSuspect(listed, record))
        await attempt(id, async () => auditActs(id, await workflows.tracesOf(id, run)));
    }
  }
  for await (const ids of workflows.list({ kind: 'deliveries', since }, batchSize)) {
    heartbeat();
    const recorded = await store.reconciliation.recordedOf(ids);
    for (const id of ids) if (recorded.get(id) === 'erased') await attempt(id, () => finishErasure(id));
  }
}

/** Ended from outside, or another run than the one on record: only these are asked what was done to them. */
function isSuspect({ run, status }: ListedRun, record: Exclude<Recorded, 'erased'> | undefined): boolean {
  return status === 'TERMINATED' || status === 'CANCELLED' || (record !== undefined && record.run !== run);
}

import { log } from '@temporalio/activity';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize, pages } from '../pages.ts';
import type { AuditActs } from './audit-acts.ts';
import type { RepairRecord } from './repair-record.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'reconciliation' | 'audit'>;
  workflows: Pick<Workflows, 'awaitedBy'>;
  repairRecord: RepairRecord;
  auditActs: AuditActs;
};

/**
 * Brings the records of open submissions up to date with their workflows.
 *
 * @param isWhole asks each workflow for its revision, which costs a worker its history: an old backup may lack reviews,
 *   and no workflow tells it by what it waits for
 */
export async function checkOpen(
  { store, workflows, repairRecord, auditActs }: Dependencies,
  { attempt }: Repairs,
  isWhole: boolean,
): Promise<void> {
  for await (const open of pages<SubmissionId>((last) => store.ongoing.after(last, batchSize))) {
    const recorded = await store.reconciliation.recordedOf(open);
    for (const id of open) {
      const record = recorded.get(id);
      await attempt(id, async () => {
        const awaited = await workflows.awaitedBy(id);
        if (awaited === undefined) {
          log.error('an open submission has no workflow', { id });
          if (record !== undefined && record !== 'erased') await store.audit.add(missing(id, record.run));
          return 'lost';
        }
        if (record === undefined || record === 'erased') return undefined;
        await auditActs(id, awaited.traces);
        // Another run: after a reset.
        const isSuspect = isWhole || awaited.awaits !== record.awaits || awaited.run !== record.run;
        return isSuspect ? repairRecord(id) : undefined;
      });
    }
  }
}

/** Once for each run: whoever deleted it, Temporal doesn't say. */
function missing(submission: SubmissionId, run: string) {
  const detail = 'Temporal no longer has its workflow: it was deleted there, or lost.';
  const at = new Date().toISOString();
  return { id: `miss-workflow:${run}`, at, by: 'reconciler', command: 'miss-workflow', submission, detail };
}

import { log } from '@temporalio/activity';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize, pages } from '../pages.ts';
import type { RepairRecord } from './repair-record.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'reconciliation'>;
  workflows: Pick<Workflows, 'awaitedBy'>;
  repairRecord: RepairRecord;
};

/**
 * Brings the records of open submissions up to date with their workflows.
 *
 * @param isWhole asks each workflow for its revision, which costs a worker its history: an old backup may lack reviews,
 *   and no workflow tells it by what it waits for
 */
export async function checkOpen(
  { store, workflows, repairRecord }: Dependencies,
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
          return 'lost';
        }
        if (record === undefined || record === 'erased') return undefined;
        // Another run: after a reset.
        const isSuspect = isWhole || awaited.awaits !== record.awaits || awaited.run !== record.run;
        return isSuspect ? repairRecord(id) : undefined;
      });
    }
  }
}

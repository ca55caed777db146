import { log } from '@temporalio/activity';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Store } from '../../store/store.ts';
import type { Workflows } from '../../temporal/workflows.ts';
import { batchSize, pages } from '../pages.ts';
import type { Repairs } from './repairs.ts';

type Dependencies = {
  store: Pick<Store, 'ongoing' | 'reconciliation'>;
  workflows: Pick<Workflows, 'awaitedBy'>;
  repairRecord: (id: SubmissionId) => Promise<'repaired'>;
};

/** Brings the records of open submissions up to date with their workflows. */
export async function checkOpen({ store, workflows, repairRecord }: Dependencies, { attempt }: Repairs): Promise<void> {
  for await (const open of pages<SubmissionId>((last) => store.ongoing.after(last, batchSize))) {
    const recorded = await store.reconciliation.recordedOf(open);
    for (const id of open) {
      const record = recorded.get(id);
      await attempt(id, async () => {
        const stage = await workflows.awaitedBy(id);
        if (stage === undefined) {
          log.error('an open submission has no workflow', { id });
          return 'lost';
        }
        const isBehind = record && record !== 'erased' && stage !== record.awaits;
        return isBehind ? repairRecord(id) : undefined;
      });
    }
  }
}

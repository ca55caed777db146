import { heartbeat, log } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { OrganiserChannel } from '../contract/mail/message.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { stageAttribute } from '../contract/workflow/search-attributes.ts';
import {
  delivery,
  deliveryIdOf,
  submissionIdOf,
  submissionOfDelivery,
  workflowIdOf,
  workflowType,
} from '../contract/workflow/workflow-ids.ts';
import type { Message } from '../store/messages/messages.ts';
import { everything } from '../store/sight.ts';
import type { Store } from '../store/store.ts';
import { startDelivery } from '../temporal/delivery.ts';
import { recordOfWorkflow } from '../temporal/record-of-workflow.ts';
import { forgetSubmission } from '../temporal/submissions/forget-submission.ts';
import { pages } from './pages.ts';

/** How often all workflows are looked at, in milliseconds; between, those that run or have ended since. */
const wholeInterval = 6 * 3_600_000;

/** Of a list of Temporal's, and of one of ours. */
const batchSize = 500;

/** Milliseconds for Temporal to delete one workflow; what takes longer is looked at in the next run. */
const patienceWithDeletion = 10_000;

/** How many submissions each thing was true of. `lost`: on record as open, while Temporal has nothing of it. */
export type Reconciliation = { repaired: number; erased: number; lost: number; failed: number };

type Dependencies = {
  store: Pick<Store, 'records' | 'ongoing' | 'erasures' | 'messages' | 'digest' | 'waitingList' | 'reconciliation'>;
  client: Client;
  passPlaceOn: (freedBy: SubmissionId) => Promise<unknown>;
  organiserChannels: readonly OrganiserChannel[];
  now?: () => Date;
  /** Deletes what was written about a submission into files. */
  forgetMessages: (id: SubmissionId) => Promise<void>;
};

/** Holds the records against the workflows, which decide: what a lost write has left is written, and what is erased goes. */
export function createReconciler({
  store,
  client,
  passPlaceOn,
  forgetMessages,
  organiserChannels,
  now = () => new Date(),
}: Dependencies) {
  return async function reconcile(): Promise<Reconciliation> {
    const counts: Reconciliation = { repaired: 0, erased: 0, lost: 0, failed: 0 };
    const began = new Date();
    const last = await store.reconciliation.lastCompleted();
    const isWhole = last === undefined || began.getTime() - Date.parse(last) > wholeInterval;

    await finishErasures(counts);
    const condition = isWhole ? '' : ` AND (ExecutionStatus = 'Running' OR CloseTime > '${last}')`;
    await findMissing(counts, condition);
    await findLeftovers(counts, condition);
    await followOpen(counts);
    await attempt(counts, 'digest', async () => void (await store.digest.write(dayOf(now()), organiserChannels)));
    await followMessages(counts);
    for (const id of await store.waitingList.freeSlots())
      await attempt(counts, id, async () => void (await passPlaceOn(id)));
    if (isWhole && counts.failed === 0) await store.reconciliation.complete(began.toISOString());
    return counts;
  };

  async function finishErasures(counts: Reconciliation): Promise<void> {
    for (const id of await store.erasures.unfinished()) await attempt(counts, id, () => forget(counts, id));
  }

  /** Workflows that there is no record of, or should be none. */
  async function findMissing(counts: Reconciliation, condition: string): Promise<void> {
    for await (const ids of listed(workflowType, condition, submissionIdOf)) {
      const kept = await store.reconciliation.recordedOf(ids);
      for (const id of ids) {
        if (kept.get(id) === 'erased') await attempt(counts, id, () => forget(counts, id));
        else if (!kept.has(id)) await attempt(counts, id, () => repair(counts, id));
      }
    }
  }

  /** Messages about what is erased: whoever started one of these did not know of it yet. */
  async function findLeftovers(counts: Reconciliation, condition: string): Promise<void> {
    for await (const ids of listed(delivery, condition, submissionOfDelivery)) {
      const kept = await store.reconciliation.recordedOf(ids);
      for (const id of ids) if (kept.get(id) === 'erased') await attempt(counts, id, () => forget(counts, id));
    }
  }

  /** The submissions that Temporal has workflows of, some at a time. */
  async function* listed(type: string, condition: string, idOf: (workflowId: string) => SubmissionId | undefined) {
    let ids = new Set<SubmissionId>();
    const query = `WorkflowType = '${type}'${condition}`;
    for await (const { workflowId } of client.workflow.list({ query, pageSize: batchSize })) {
      const id = idOf(workflowId);
      if (id !== undefined) ids.add(id);
      if (ids.size < batchSize) continue;
      heartbeat();
      yield [...ids];
      ids = new Set();
    }
    heartbeat();
    yield [...ids];
  }

  /** Records that have not come to their end: each is where its workflow is, or is moved there. */
  async function followOpen(counts: Reconciliation): Promise<void> {
    for await (const open of pages<SubmissionId>((last) => store.ongoing.after(last, batchSize))) {
      const kept = await store.reconciliation.recordedOf(open);
      for (const id of open) {
        const record = kept.get(id);
        await attempt(counts, id, async () => {
          const stage = await awaitedBy(id);
          if (stage === undefined) {
            counts.lost += 1;
            log.error('a submission is on record as open, and Temporal has nothing of it', { id });
          } else if (record && record !== 'erased' && stage !== record.awaited) await repair(counts, id);
        });
      }
    }
  }

  /** Messages that wait, and that no workflow sends: whoever should have started it was interrupted, or it is over. */
  async function followMessages(counts: Reconciliation): Promise<void> {
    const read = (last?: Message) => store.messages.after(last?.id, ['pending', 'sending'], batchSize, everything);
    for await (const waiting of pages(read)) {
      for (const { id } of waiting)
        await attempt(counts, id, async () => {
          if (await startDelivery(client, id)) return;
          const { status } = await client.workflow.getHandle(deliveryIdOf(id)).describe();
          if (status.name !== 'RUNNING')
            await store.messages.park(id, 'It may have been sent, or not: see its workflow.');
        });
    }
  }

  /** What the workflow waits for, by Temporal's own description; `over` when it waits for nothing any more. */
  async function awaitedBy(id: SubmissionId): Promise<string | undefined> {
    try {
      const { status, typedSearchAttributes } = await client.workflow.getHandle(workflowIdOf(id)).describe();
      return status.name === 'RUNNING' ? (typedSearchAttributes.get(stageAttribute) ?? '') : 'over';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  async function repair(counts: Reconciliation, id: SubmissionId): Promise<void> {
    await store.records.keep(await recordOfWorkflow(client, id));
    counts.repaired += 1;
  }

  async function forget(counts: Reconciliation, id: SubmissionId): Promise<void> {
    await forgetMessages(id);
    await forgetSubmission(client, id, [], AbortSignal.timeout(patienceWithDeletion));
    await store.erasures.finish(id, new Date().toISOString());
    counts.erased += 1;
  }
}

/** In UTC: the day of a call is its own matter, and this is told once a day in any case. */
function dayOf(now: Date): string {
  return now.toISOString().slice(0, 'yyyy-mm-dd'.length);
}

/** One that can't be helped now doesn't keep the others waiting. */
async function attempt(counts: Reconciliation, id: string, act: () => Promise<void>): Promise<void> {
  heartbeat();
  try {
    await act();
  } catch (error) {
    counts.failed += 1;
    log.warn('a submission, or a message, could not be reconciled', { id, error });
  }
}

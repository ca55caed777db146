import { heartbeat } from '@temporalio/activity';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';

type Dependencies = {
  store: Pick<Store, 'waitingList'>;
  /** Returns whether the submission took the slot: it may have ended or have one by now. */
  promote: (id: SubmissionId, freedBy: SubmissionId) => Promise<boolean>;
};

/**
 * Offers a free slot to the waiting list, one submission after the other. After the death of a worker, the submission that
 * was offered the slot last is asked first, since it may have taken it.
 */
export function createPassSlotOn({ store, promote }: Dependencies) {
  return async function passSlotOn(freedBy: SubmissionId, _heldUntil?: string): Promise<SubmissionId | undefined> {
    let { takenBy, offeredTo } = await store.waitingList.freeSlot(freedBy);
    if (takenBy !== undefined) return takenBy;
    const waiting = await store.waitingList.submissions();
    const first = offeredTo === undefined ? [] : [offeredTo];
    for (const id of [...first, ...waiting.filter((one) => one !== first[0])]) {
      heartbeat();
      // Another worker passes the same slot on.
      if (!(await store.waitingList.offerSlot(freedBy, id, offeredTo))) return passSlotOn(freedBy);
      offeredTo = id;
      if (!(await promote(id, freedBy))) continue;
      await store.waitingList.takeSlot(freedBy, id);
      return id;
    }
    return undefined;
  };
}

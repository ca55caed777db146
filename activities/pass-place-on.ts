import { heartbeat } from '@temporalio/activity';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';

type Dependencies = {
  store: Pick<Store, 'waitingList'>;
  /** Whether the submission took the place: it may have been withdrawn, or have one, by now. */
  promote: (id: SubmissionId, freedBy: SubmissionId) => Promise<boolean>;
};

/**
 * Offers a place that came free to those on the waiting list, one after the other. Again, it is still the one place: who
 * was offered it when the worker died may have taken it, and so is asked before anybody else.
 */
export function createPassPlaceOn({ store, promote }: Dependencies) {
  return async function passPlaceOn(freedBy: SubmissionId): Promise<SubmissionId | undefined> {
    let { takenBy, offeredTo } = await store.waitingList.freeSlot(freedBy);
    if (takenBy !== undefined) return takenBy;
    const waiting = await store.waitingList.submissions();
    const first = offeredTo === undefined ? [] : [offeredTo];
    for (const id of [...first, ...waiting.filter((one) => one !== first[0])]) {
      heartbeat();
      // Somebody else passes the same place on.
      if (!(await store.waitingList.offerSlot(freedBy, id, offeredTo))) return passPlaceOn(freedBy);
      offeredTo = id;
      if (!(await promote(id, freedBy))) continue;
      await store.waitingList.takeSlot(freedBy, id);
      return id;
    }
    return undefined;
  };
}

import { heartbeat } from '@temporalio/activity';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';

type Dependencies = {
  store: Pick<Store, 'waitingList'>;
  /** `false` where it was withdrawn, or has one by now. */
  promote: (id: SubmissionId, freedBy: SubmissionId) => Promise<boolean>;
};

/** Whoever was offered the slot when a worker died may have taken it, and is asked first. */
export function createPassPlaceOn({ store, promote }: Dependencies) {
  return async function passPlaceOn(freedBy: SubmissionId): Promise<SubmissionId | undefined> {
    let { takenBy, offeredTo } = await store.waitingList.freeSlot(freedBy);
    if (takenBy !== undefined) return takenBy;
    const waiting = await store.waitingList.submissions();
    const first = offeredTo === undefined ? [] : [offeredTo];
    for (const id of [...first, ...waiting.filter((one) => one !== first[0])]) {
      heartbeat();
      // Somebody else is passing on the same slot.
      if (!(await store.waitingList.offerSlot(freedBy, id, offeredTo))) return passPlaceOn(freedBy);
      offeredTo = id;
      if (!(await promote(id, freedBy))) continue;
      await store.waitingList.takeSlot(freedBy, id);
      return id;
    }
    return undefined;
  };
}

import { heartbeat } from '@temporalio/activity';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';

type Dependencies = {
  store: Pick<Store, 'freePlace' | 'waiting' | 'takePlace'>;
  /** Whether the submission took the place: it may have been withdrawn, or have one, by now. */
  promote: (id: SubmissionId, freedBy: SubmissionId) => Promise<boolean>;
};

/** Offers a place that came free to those on the waiting list, one after the other. Again, it is still the one place. */
export function createPassPlaceOn({ store, promote }: Dependencies) {
  return async function passPlaceOn(freedBy: SubmissionId): Promise<SubmissionId | undefined> {
    const taken = await store.freePlace(freedBy, new Date().toISOString());
    if (taken !== undefined) return taken;
    for (const id of await store.waiting()) {
      heartbeat();
      if (!(await promote(id, freedBy))) continue;
      await store.takePlace(freedBy, id);
      return id;
    }
    return undefined;
  };
}

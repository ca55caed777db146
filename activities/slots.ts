import { heartbeat, log } from '@temporalio/activity';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';
import { withHeartbeats } from './with-heartbeats.ts';

type Dependencies = {
  store: Pick<Store, 'waitingList'>;
  /** Returns whether the submission has the slot afterwards: it may have ended or have another one by now. */
  promote: (id: SubmissionId, freedBy: SubmissionId) => Promise<boolean>;
};

/** `held`: as by `heldUntil`. */
export type FreedSlot = { freedBy: SubmissionId; held?: string };

export function createSlots({ store: { waitingList }, promote }: Dependencies) {
  return {
    /** Records a freed slot, and gives it on unless it is held. @returns who has it */
    async passSlotOn({ freedBy, held }: FreedSlot): Promise<SubmissionId | undefined> {
      await waitingList.free(freedBy, held);
      return giveOn(freedBy);
    },

    /** Gives on what was held until something is announced. What fails here is left to the reconciler. */
    async releaseHeldSlots(): Promise<void> {
      await waitingList.release();
      await withHeartbeats(async () => {
        for (const freedBy of await waitingList.freeSlots())
          await giveOn(freedBy).catch((error: unknown) => log.warn('a slot could not be given on', { freedBy, error }));
      });
    },

    /** Call when the call is closed: nobody is promoted any more. */
    dropSlots: (): Promise<void> => waitingList.drop(),
  };

  /** The one that a slot is assigned to is asked until it answers, by whoever tries: it may have taken the slot. */
  async function giveOn(freedBy: SubmissionId): Promise<SubmissionId | undefined> {
    const refusing: SubmissionId[] = [];
    for (;;) {
      heartbeat();
      const assigned = await waitingList.assign(freedBy, refusing);
      if (assigned === undefined || assigned.isTaken) return assigned?.to;
      if (await promote(assigned.to, freedBy)) await waitingList.take(freedBy, assigned.to);
      else refusing.push(assigned.to);
    }
  }
}

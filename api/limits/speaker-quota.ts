import type { SubmissionId } from '../../contract/submission-id.ts';
import { type Deadline, deadlineIn, within } from '../../process/deadline.ts';

/** `held`: by the same submission, from before. `none`: all are held by others. */
export type Place = 'taken' | 'held' | 'none';

export interface SpeakerQuota {
  /** Takes a slot for a submission, which has one, however often it is asked for. */
  take(speaker: string, id: SubmissionId, places: number, deadline: Deadline): Promise<Place>;
  release(speaker: string, id: SubmissionId): Promise<void>;
}

export function createSpeakerQuota() {
  const taken = new Map<string, Set<SubmissionId>>();

  return {
    async take(speaker: string, id: SubmissionId, places: number): Promise<Place> {
      const ids = taken.get(speaker) ?? new Set();
      if (ids.has(id)) return 'held';
      if (ids.size >= places) return 'none';
      taken.set(speaker, ids.add(id));
      return 'taken';
    },

    async release(speaker: string, id: SubmissionId): Promise<void> {
      const ids = taken.get(speaker);
      ids?.delete(id);
      if (ids?.size === 0) taken.delete(speaker);
    },
  };
}

/** Of the time that is left of a submit: past it, a slot is counted here alone. */
const share = 0.1;

/** Milliseconds to give a slot back: the answer may have left by then. */
const releaseTime = 150;

/** Counted by all gateways together; while that fails, by each of them alone: no submit waits for it. */
export function withFallback(shared: SpeakerQuota, onFailure: (cause: unknown) => void): SpeakerQuota {
  const alone = createSpeakerQuota();
  const underWay = new Map<SubmissionId, Promise<unknown>>();

  return { take, release };

  async function take(speaker: string, id: SubmissionId, places: number, deadline: Deadline): Promise<Place> {
    const answer = shared.take(speaker, id, places, deadline);
    const ended = answer.catch(() => undefined).finally(() => underWay.delete(id));
    underWay.set(id, ended);
    return orElse(answer, deadline.share(share), async () => {
      const place = await alone.take(speaker, id, places);
      // A slot may still be taken there later, and nothing would come of it.
      if (place === 'none') void release(speaker, id);
      return place;
    });
  }

  async function release(speaker: string, id: SubmissionId): Promise<void> {
    await alone.release(speaker, id);
    const given = async () => {
      await underWay.get(id);
      await shared.release(speaker, id);
    };
    await orElse(given(), deadlineIn(releaseTime), async () => undefined);
  }

  async function orElse<Value>(
    answer: Promise<Value>,
    deadline: Deadline,
    otherwise: () => Promise<Value>,
  ): Promise<Value> {
    try {
      const result = await within(deadline, answer);
      if (!result.isLate) return result.value;
      onFailure(new Error('database: no answer in time'));
    } catch (cause) {
      onFailure(cause);
    }
    return otherwise();
  }
}

import type { SubmissionId } from '../../contract/submission-id.ts';
import { within } from '../../process/within.ts';

/** `held`: by the same submission, from before. `none`: all are held by others. */
export type Place = 'taken' | 'held' | 'none';

/** Counts the submissions of each speaker, where the call limits them. */
export interface SpeakerQuota {
  /** Takes a place for a submission, which has one place, however often it is asked for. */
  take(speaker: string, id: SubmissionId, places: number): Promise<Place>;
  /** Gives back what was just taken: nothing came of the submission. */
  release(speaker: string, id: SubmissionId): Promise<void>;
}

/** Of one process, and until it ends. */
export function createSpeakerQuota(): SpeakerQuota {
  const taken = new Map<string, Set<SubmissionId>>();

  return {
    async take(speaker, id, places) {
      const ids = taken.get(speaker) ?? new Set();
      if (ids.has(id)) return 'held';
      if (ids.size >= places) return 'none';
      taken.set(speaker, ids.add(id));
      return 'taken';
    },

    async release(speaker, id) {
      const ids = taken.get(speaker);
      ids?.delete(id);
      if (ids?.size === 0) taken.delete(speaker);
    },
  };
}

/** Milliseconds after which a place is counted here alone: a submit has to be answered in time (contract H13). */
const patience = 150;

/** The places that gateways count together; while that can't be done, each of them on its own: no submit waits for it. */
export function withFallback(shared: SpeakerQuota, onFailure: (cause: unknown) => void): SpeakerQuota {
  const alone = createSpeakerQuota();
  const underWay = new Map<SubmissionId, Promise<unknown>>();

  return { take, release };

  async function take(speaker: string, id: SubmissionId, places: number): Promise<Place> {
    const answer = shared.take(speaker, id, places);
    const ended = answer.catch(() => undefined).finally(() => underWay.delete(id));
    underWay.set(id, ended);
    return orElse(answer, async () => {
      const place = await alone.take(speaker, id, places);
      // What is refused here may still be given a place there, and nothing would come of it.
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
    await orElse(given(), async () => undefined);
  }

  async function orElse<Value>(answer: Promise<Value>, otherwise: () => Promise<Value>): Promise<Value> {
    try {
      const result = await within(patience, answer);
      if (!result.isLate) return result.value;
      onFailure(new Error(`database: no answer in ${patience} ms`));
    } catch (cause) {
      onFailure(cause);
    }
    return otherwise();
  }
}

import type { SubmissionId } from '../../contract/submission-id.ts';
import { type Deadline, deadlineIn, within } from '../../process/deadline.ts';

/** `held`: already counted before. `none`: the quota is used up. */
export type Taken = 'taken' | 'held' | 'none';

export interface SpeakerQuota {
  /** Counts a submission once, however often it is called. */
  take(speaker: string, id: SubmissionId, quota: number, deadline: Deadline): Promise<Taken>;
  release(speaker: string, id: SubmissionId): Promise<void>;
}

export function createSpeakerQuota() {
  const taken = new Map<string, Set<SubmissionId>>();

  return {
    async take(speaker: string, id: SubmissionId, quota: number): Promise<Taken> {
      const ids = taken.get(speaker) ?? new Set();
      if (ids.has(id)) return 'held';
      if (ids.size >= quota) return 'none';
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

/** Share of a submit's remaining time; after it, this gateway counts the submission alone. */
const share = 0.1;

/** Milliseconds to release a quota; the response may have left by then. */
const releaseTime = 150;

/** Gateways share the count. While the database is out of reach each counts alone, so that no submit waits for it. */
export function withFallback(shared: SpeakerQuota, onFailure: (cause: unknown) => void): SpeakerQuota {
  const alone = createSpeakerQuota();
  const underWay = new Map<SubmissionId, Promise<unknown>>();

  return { take, release };

  async function take(speaker: string, id: SubmissionId, quota: number, deadline: Deadline): Promise<Taken> {
    const answer = shared.take(speaker, id, quota, deadline);
    const ended = answer.catch(() => undefined).finally(() => underWay.delete(id));
    underWay.set(id, ended);
    return orElse(answer, deadline.share(share), async () => {
      const taken = await alone.take(speaker, id, quota);
      // The shared count may still include a submission that is refused here.
      if (taken === 'none') void release(speaker, id);
      return taken;
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

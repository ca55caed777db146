import type { SubmissionId } from '../contract/submission-id.ts';

/** Counts the submissions of each speaker, where the call limits them. */
export interface SpeakerQuota {
  /** Takes a place for a submission; it has one place, however often it is asked for. `false` if there is none left. */
  take(speaker: string, id: SubmissionId, places: number): Promise<boolean>;
  /** Gives it back: nothing came of the submission. */
  release(speaker: string, id: SubmissionId): Promise<void>;
}

/** Of one process, and until it ends. */
export function createSpeakerQuota(): SpeakerQuota {
  const taken = new Map<string, Set<SubmissionId>>();

  return {
    async take(speaker, id, places) {
      const ids = taken.get(speaker) ?? new Set();
      if (!ids.has(id) && ids.size >= places) return false;
      taken.set(speaker, ids.add(id));
      return true;
    },

    async release(speaker, id) {
      const ids = taken.get(speaker);
      ids?.delete(id);
      if (ids?.size === 0) taken.delete(speaker);
    },
  };
}

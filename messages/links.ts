import type { LinkTo } from '../contract/mail/message-content.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { accessTime, type SpeakerTokens } from '../process/speaker-tokens.ts';

/** A token is behind `#`, so that no server sees or logs it, and no GET changes anything (contract H12, H24). */
export function createLinks(publicUrl: string, tokens: SpeakerTokens, now: () => number = Date.now) {
  return {
    linkOf(id: SubmissionId, to: LinkTo): string {
      // Each purpose has a page of its name, below that of the submission.
      const page = `${publicUrl}/submissions/${id}`;
      if ('generation' in to) return `${page}#${tokens.of(id, to.generation)}`;
      return `${page}/${to.purpose}#${tokens.ofPurpose(to.purpose, id, to.number)}`;
    },

    /** To all talks of an address, and until when it works (contract H39). */
    linkToTalks(holder: string): { link: string; until: Date } {
      const at = now();
      return { link: `${publicUrl}/mine#${tokens.ofAccess(holder, at)}`, until: new Date(at + accessTime) };
    },
  };
}

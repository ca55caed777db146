import type { LinkTo } from '../contract/mail/message-content.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Purpose, SpeakerTokens } from '../process/speaker-tokens.ts';

/** The page of each purpose, below that of the submission. */
const pages = { proof: '/proof', undo: '/undo', 'co-speaker': '/co-speaker' } as const satisfies Record<
  Purpose,
  string
>;

/** The token is behind `#`, so that no server sees or logs it, and no GET changes anything (contract H12, H24). */
export function createLinks(publicUrl: string, tokens: SpeakerTokens) {
  return (id: SubmissionId, to: LinkTo): string => {
    const page = `${publicUrl}/submissions/${id}`;
    if ('generation' in to) return `${page}#${tokens.of(id, to.generation)}`;
    return `${page}${pages[to.purpose]}#${tokens.ofPurpose(to.purpose, id, to.number)}`;
  };
}

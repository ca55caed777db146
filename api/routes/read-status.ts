import type { StatusDocument } from '../../contract/http/status.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import type { Refuse } from '../http/refusal.ts';
import { refuseUnread } from '../status/refuse-unread.ts';
import type { Reading } from '../status/status-source.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

export type RefuseToRead = Refuse<'not-found' | 'erased' | 'temporarily-unavailable'>;

type Dependencies = Pick<SubmissionDependencies, 'reader' | 'guesses' | 'submissions'>;

/** Reads a status for anyone, by the text in the place of its id: guesses are counted, and slowed down. */
export function createReadStatus({ reader, guesses, submissions }: Dependencies) {
  return async (
    text: string,
    address: string,
    refuse: RefuseToRead,
  ): Promise<{ id: SubmissionId; status: StatusDocument }> => {
    const id = parseSubmissionId(text);
    if (id !== undefined && reader.knows(id))
      return { id, status: found(await reader.read(id, answerDeadline()), refuse) };
    const attempt = async () => {
      const reading: Reading = id === undefined ? { kind: 'unknown' } : await reader.read(id, answerDeadline());
      if (id !== undefined && reading.kind !== 'unknown') return { id, status: found(reading, refuse) };
      await guesses.count(address);
      return refuse('not-found');
    };
    return guesses.attempt(
      address,
      attempt,
      async () => id !== undefined && submissions.isOnRecord(id, answerDeadline()),
    );
  };
}

export function found(reading: Reading, refuse: RefuseToRead): StatusDocument {
  switch (reading.kind) {
    case 'found':
      return reading.status;
    case 'unknown':
      return refuse('not-found');
    case 'erased':
      return refuse('erased');
    case 'no-answer':
      return refuseUnread(reading, busy, refuse);
    default:
      return reading satisfies never;
  }
}

const busy = 'More is being polled than can be read at once. The submission is unharmed: poll again after Retry-After.';

import { isSettled } from '../../contract/http/settled.ts';
import { publicStatus } from '../../contract/public-status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Commands } from '../../temporal/commands.ts';
import type { Seen } from '../http/preconditions.ts';
import type { StatusAnswers } from './status-answers.ts';
import type { StatusReader } from './status-reader.ts';

type Dependencies = {
  commands: Pick<Commands, 'recordOf'>;
  answers: Pick<StatusAnswers, 'tagOf'>;
  reader: Pick<StatusReader, 'read'>;
};

export type SeenBySpeaker = ReturnType<typeof createSeenBySpeaker>;

/** The status as it is now: preconditions of a change must not be checked against a cached copy. */
export function createSeenBySpeaker({ commands, answers, reader }: Dependencies) {
  return async (id: SubmissionId, deadline: Deadline): Promise<Seen | undefined> => {
    // A submission that has ended is read without a worker; repeating a command to it is not a failure (contract H22).
    const reading = await reader.read(id, deadline);
    if (reading.kind === 'found' && isSettled(reading.status)) return undefined;
    const record = await commands.recordOf(id, deadline);
    if (record === undefined) return undefined;
    const status = publicStatus(record.state);
    return { tag: answers.tagOf(status), modifiedAt: status.lastUpdatedAt, revision: record.state.revision };
  };
}

import type { StatusDocument } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
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

/** As its status shows it now: a change that depends on it must not see a copy. */
export function createSeenBySpeaker({ commands, answers, reader }: Dependencies) {
  return async (id: SubmissionId, deadline: Deadline): Promise<Seen | undefined> => {
    // What is over is known without a worker; to repeat its end is no failure (contract H22).
    const reading = await reader.read(id, deadline);
    if (reading.kind === 'found' && isOver(reading.status)) return undefined;
    const record = await commands.recordOf(id, deadline);
    if (record === undefined) return undefined;
    const status = publicStatus(record.state);
    return { tag: answers.tagOf(status), modifiedAt: status.lastUpdatedAt, revision: record.state.revision };
  };
}

function isOver(status: StatusDocument): boolean {
  return isTerminal(status) && status.result?.attendance !== 'awaited';
}

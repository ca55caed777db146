import { Hono } from 'hono';
import { attendanceRequest } from '../../contract/http/requests.ts';
import type { StatusDocument } from '../../contract/http/status.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { Commands } from '../../temporal/commands.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { done } from '../http/done.ts';
import { underPreconditions } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import type { SpeakerOnly } from '../people/speaker-only.ts';
import { limitContent } from '../request/limit-content.ts';
import { readCommand } from '../request/read-command.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { SeenBySpeaker } from '../status/seen-by-speaker.ts';
import type { StatusAnswers } from '../status/status-answers.ts';
import type { StatusReader } from '../status/status-reader.ts';
import type { Watchers } from '../status/watchers.ts';

export type AttendanceDependencies = {
  speakerOnly: SpeakerOnly;
  commands: Pick<Commands, 'answer'>;
  submissions: Pick<RecordedSubmissions, 'find'>;
  reader: StatusReader;
  watchers: Watchers;
  answers: StatusAnswers;
  seenBySpeaker: SeenBySpeaker;
};

/** An accepted speaker confirms or declines. The same answer again changes nothing; another one is refused. */
export function attendanceRoute({
  speakerOnly,
  commands,
  submissions,
  reader,
  watchers,
  answers,
  seenBySpeaker,
}: AttendanceDependencies) {
  return new Hono().put('/:id/attendance', limitContent, async (c) => {
    const id = await speakerOnly(c);
    const { attendance } = await readCommand(c, attendanceRequest);
    const deadline = answerDeadline();
    const since = reader.now();
    const status = await underPreconditions(
      c,
      () => seenBySpeaker(id, deadline),
      async (condition) => {
        const result = await commands.answer(id, { answer: attendance, ...condition }, { deadline });
        return result.kind === 'over' ? answered(id, attendance, deadline) : done(result);
      },
    );
    reader.remember(id, status, since);
    watchers.notify(id, { kind: 'found', status });
    return answers.changed(c, status);
  });

  /** What is over was answered before, in time or not. */
  async function answered(id: SubmissionId, attendance: string, deadline: Deadline): Promise<StatusDocument> {
    const found = await submissions.find(id, deadline);
    if (found === undefined) throw new Refusal('not-found');
    if (found === 'erased') throw new Refusal('erased');
    const { status } = found;
    const standing = status.result?.attendance;
    if (standing === attendance) return status;
    throw standing === undefined
      ? new Refusal('not-accepted')
      : new Refusal('attendance-answered', { attendance: standing });
  }
}

import { Hono } from 'hono';
import { answerDeadline } from '../http/answer-deadline.ts';
import { underPreconditions } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import type { SpeakerOnly } from '../people/speaker-only.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { SeenBySpeaker } from '../status/seen-by-speaker.ts';
import type { StatusAnswers } from '../status/status-answers.ts';
import type { StatusReader } from '../status/status-reader.ts';
import type { Watchers } from '../status/watchers.ts';

export type WithdrawDependencies = {
  speakerOnly: SpeakerOnly;
  submissions: Pick<RecordedSubmissions, 'withdraw'>;
  reader: StatusReader;
  watchers: Watchers;
  answers: StatusAnswers;
  seenBySpeaker: SeenBySpeaker;
};

export function withdrawRoute({
  speakerOnly,
  submissions,
  reader,
  watchers,
  answers,
  seenBySpeaker,
}: WithdrawDependencies) {
  return new Hono().delete('/:id', async (c) => {
    const id = await speakerOnly(c);
    const deadline = answerDeadline();
    const since = reader.now();
    const result = await underPreconditions(
      c,
      () => seenBySpeaker(id, deadline),
      async (condition) => {
        const withdrawn = await submissions.withdraw(id, condition, deadline);
        if (withdrawn.kind === 'changed') throw new Refusal('precondition-failed');
        return withdrawn;
      },
    );
    if (result.kind === 'unknown') throw new Refusal('not-found');
    if (result.kind === 'erased') throw new Refusal('erased');
    reader.remember(id, result.status, since);
    watchers.notify(id, { kind: 'found', status: result.status });
    if (result.kind === 'withdrawn') return answers.accepted(c, result.status);
    throw new Refusal('submission-concluded', { detail: 'It can no longer be withdrawn.' });
  });
}

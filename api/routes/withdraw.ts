import { Hono } from 'hono';
import { Refusal } from '../refusal.ts';
import type { SpeakerOnly } from '../speaker-only.ts';
import type { StatusAnswers } from '../status-answers.ts';
import type { StatusReader } from '../status-reader.ts';
import type { Submissions } from '../submissions.ts';
import type { Watchers } from '../watchers.ts';

export type WithdrawDependencies = {
  speakerOnly: SpeakerOnly;
  submissions: Pick<Submissions, 'withdraw'>;
  reader: StatusReader;
  watchers: Watchers;
  answers: StatusAnswers;
};

export function withdrawRoute({ speakerOnly, submissions, reader, watchers, answers }: WithdrawDependencies) {
  return new Hono().delete('/:id', async (c) => {
    const id = await speakerOnly(c);
    const since = reader.now();
    const result = await submissions.withdraw(id);
    if (result.kind === 'unknown') throw new Refusal('not-found');
    if (result.kind === 'erased') throw new Refusal('erased');
    reader.remember(id, result.status, since);
    watchers.tell(id, { kind: 'found', status: result.status });
    if (result.kind === 'withdrawn') return answers.accepted(c, result.status);
    throw new Refusal('submission-concluded', { detail: 'It can no longer be withdrawn.' });
  });
}

import { type Context, Hono } from 'hono';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { SpeakerTokens } from '../../speaker-tokens.ts';
import { bearerToken } from '../bearer.ts';
import type { Limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { StatusAnswers } from '../status-answers.ts';
import type { StatusReader } from '../status-reader.ts';
import type { Submissions } from '../submissions.ts';
import type { Watchers } from '../watchers.ts';

export type WithdrawDependencies = {
  tokens: SpeakerTokens;
  submissions: Pick<Submissions, 'withdraw'>;
  reader: StatusReader;
  watchers: Watchers;
  limits: Limits;
  answers: StatusAnswers;
  addressOf: (c: Context) => string;
};

export function withdrawRoute(dependencies: WithdrawDependencies) {
  const { tokens, submissions, reader, watchers, limits, answers, addressOf } = dependencies;

  return new Hono().delete('/:id', async (c) => {
    const id = await idOfSpeaker(c);
    await limits.charge('credential', id);
    const since = reader.now();
    const result = await submissions.withdraw(id);
    if (result.kind === 'unknown') throw new Refusal('not-found');
    if (result.kind === 'erased') throw new Refusal('erased');
    reader.remember(id, result.status, since);
    watchers.tell(id, { kind: 'found', status: result.status });
    if (result.kind === 'withdrawn') return answers.accepted(c, result.status);
    throw new Refusal('submission-concluded', { detail: 'It can no longer be withdrawn.' });
  });

  /** @throws Refusal, the same whether there is such a submission or not (contract H30) */
  async function idOfSpeaker(c: Context): Promise<SubmissionId> {
    const id = parseSubmissionId(c.req.param('id') ?? '');
    const token = bearerToken(c);
    if (id !== undefined && token !== undefined && tokens.isOf(id, token)) return id;
    await limits.charge('refused', addressOf(c));
    throw new Refusal('unauthorized');
  }
}

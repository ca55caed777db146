import { type Context, Hono } from 'hono';
import type { StatusDocument } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { isKnown } from '../http/entity-tag.ts';
import { hungUp } from '../http/hung-up.ts';
import { preferredWait } from '../http/preferred-wait.ts';
import { Refusal } from '../http/refusal.ts';
import type { Guesses } from '../limits/guesses.ts';
import type { Limits } from '../limits/limits.ts';
import { shortestPace } from '../status/pace.ts';
import type { RecordedSubmissions } from '../status/recorded-submissions.ts';
import type { StatusAnswers } from '../status/status-answers.ts';
import type { StatusReader } from '../status/status-reader.ts';
import type { Reading } from '../status/status-source.ts';
import type { Watchers } from '../status/watchers.ts';

export type PollDependencies = {
  reader: StatusReader;
  watchers: Watchers;
  limits: Limits;
  guesses: Guesses;
  submissions: Pick<RecordedSubmissions, 'isOnRecord'>;
  answers: StatusAnswers;
  addressOf: (c: Context) => string;
};

export function pollRoute({ reader, watchers, limits, guesses, submissions, answers, addressOf }: PollDependencies) {
  return new Hono().get('/:id', async (c) => {
    const address = addressOf(c);
    const arrivedAt = reader.now();
    const { id, status } = await look(c, address);
    const charge = () => limits.charge('poll', `${address} ${id}`);
    const wait = preferredWait(c.req.header('Prefer'));
    const isWorthWaiting = hasNoNews(c, status);
    // A request that is held for as long as the pace takes a place instead.
    const isPaced = (wait ?? 0) >= shortestPace;

    if (!isPaced) await charge();
    const gone = hungUp(c);
    // It counts from when the request arrived, not from when its status was read.
    const milliseconds = (wait ?? 0) * 1_000 - (reader.now() - arrivedAt);
    const isHeld = isWorthWaiting && milliseconds > 0;
    const held = isHeld ? await hold(id, status, { milliseconds, gone }) : undefined;
    if (isPaced && (held === undefined || gone.aborted)) await charge();
    const now = held ? found(held) : status;
    if (wait !== undefined && (held || !isWorthWaiting)) c.header('Preference-Applied', 'wait');
    return answers.status(c, now, { wasHeld: held !== undefined });
  });

  /** @throws Refusal where there is no status to be had */
  async function look(c: Context, address: string): Promise<{ id: SubmissionId; status: StatusDocument }> {
    const id = parseSubmissionId(c.req.param('id') ?? '');
    if (id !== undefined && reader.knows(id)) return { id, status: found(await reader.read(id, answerDeadline())) };
    const read = async () => {
      const reading: Reading = id === undefined ? { kind: 'unknown' } : await reader.read(id, answerDeadline());
      if (id !== undefined && reading.kind !== 'unknown') return { id, status: found(reading) };
      await guesses.count(address);
      throw new Refusal('not-found');
    };
    return guesses.attempt(address, read, async () => id !== undefined && submissions.isOnRecord(id, answerDeadline()));
  }

  /** The first reading with news for this client, or the last one in time; `undefined` if it has no place to wait. */
  function hold(
    id: SubmissionId,
    status: StatusDocument,
    until: { milliseconds: number; gone: AbortSignal },
  ): Promise<Reading | undefined> {
    const tag = answers.tagOf(status);
    return watchers.wait(id, {
      latest: { kind: 'found', status },
      isNews: (reading) => reading.kind !== 'found' || answers.tagOf(reading.status) !== tag,
      ...until,
    });
  }

  /** Neither the end, nor another document than the client has: only then is there something to wait for. */
  function hasNoNews(c: Context, status: StatusDocument): boolean {
    const known = c.req.header('If-None-Match');
    return !isTerminal(status) && (known === undefined || isKnown(answers.tagOf(status), known));
  }
}

/** @throws Refusal where there is no status to be had */
function found(reading: Reading): StatusDocument {
  switch (reading.kind) {
    case 'found':
      return reading.status;
    case 'unknown':
      throw new Refusal('not-found');
    case 'erased':
      throw new Refusal('erased');
    case 'no-answer':
      throw new Refusal('temporarily-unavailable', {}, { cause: reading.cause });
    default:
      return reading satisfies never;
  }
}

import { type Context, Hono } from 'hono';
import { isTerminal } from '../../contract/status.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import { isKnown } from '../entity-tag.ts';
import type { Limits } from '../limits.ts';
import { shortestPace } from '../pace.ts';
import { preferredWait } from '../preferred-wait.ts';
import { Refusal } from '../refusal.ts';
import type { StatusAnswers } from '../status-answers.ts';
import type { StatusReader } from '../status-reader.ts';
import type { Reading } from '../status-source.ts';
import type { Watchers } from '../watchers.ts';

export type PollDependencies = {
  reader: StatusReader;
  watchers: Watchers;
  limits: Limits;
  answers: StatusAnswers;
  addressOf: (c: Context) => string;
};

export function pollRoute({ reader, watchers, limits, answers, addressOf }: PollDependencies) {
  return new Hono().get('/:id', async (c) => {
    const address = addressOf(c);
    const id = parseSubmissionId(c.req.param('id'));
    // To look for what isn't there costs a call. Who polls what is known doesn't suffer from such a neighbour.
    if (id !== undefined && !reader.knows(id)) await limits.check('refused', address);
    const latest: Reading = id === undefined ? { kind: 'unknown' } : await reader.read(id);
    if (latest.kind === 'unknown') await limits.charge('refused', address);

    const wait = preferredWait(c.req.header('Prefer'));
    const charge = async () => (latest.kind === 'found' ? limits.charge('poll', `${address} ${id}`) : undefined);
    // A request that is held for as long as the pace takes a place instead.
    const isPaced = (wait ?? 0) >= shortestPace;
    if (!isPaced) await charge();
    const held = id === undefined ? undefined : await hold(c, id, latest, wait ?? 0);
    if (isPaced && (held === undefined || c.req.raw.signal.aborted)) await charge();
    const { status } = found(held ?? latest);
    if (wait !== undefined && (held || !isWorthWaiting(c, latest))) c.header('Preference-Applied', 'wait');
    return answers.status(c, status, { wasHeld: held !== undefined });
  });

  /** Until there is news for this client; `undefined` if it need not wait, or has no place to. */
  async function hold(c: Context, id: SubmissionId, latest: Reading, seconds: number): Promise<Reading | undefined> {
    if (seconds === 0 || latest.kind !== 'found' || !isWorthWaiting(c, latest)) return undefined;
    const tag = answers.tagOf(latest.status);
    return watchers.wait(id, {
      latest,
      isNews: (reading) => reading.kind !== 'found' || answers.tagOf(reading.status) !== tag,
      milliseconds: seconds * 1_000,
      gone: c.req.raw.signal,
    });
  }

  /** Not for the end, nor for a client that has an older document: it is answered at once. */
  function isWorthWaiting(c: Context, reading: Reading): boolean {
    const known = c.req.header('If-None-Match');
    if (reading.kind !== 'found' || isTerminal(reading.status)) return false;
    return known === undefined || isKnown(answers.tagOf(reading.status), known);
  }
}

/** @throws Refusal where there is no status to be had */
function found(reading: Reading): Extract<Reading, { kind: 'found' }> {
  switch (reading.kind) {
    case 'found':
      return reading;
    case 'unknown':
      throw new Refusal('not-found');
    case 'no-answer':
      throw new Refusal('temporarily-unavailable', {}, { cause: reading.cause });
    default:
      return reading satisfies never;
  }
}

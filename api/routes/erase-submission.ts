import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Erasure } from '../../contract/http/erasure.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { answerSized } from '../http/answer-sized.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import type { Gate } from '../people/gate.ts';
import type { Only, WithPerson } from '../people/only.ts';
import type { StatusReader } from '../status/status-reader.ts';
import type { Watchers } from '../status/watchers.ts';

/** Seconds: as often as Temporal is asked. */
const reconcilePace = 300;

type Opened = Awaited<ReturnType<Gate['openToErase']>>;
type Erased = Awaited<ReturnType<Opened['erase']>>[number];
type Ending = Pick<Opened, 'forget' | 'finish'>;

export type EraseDependencies = {
  only: Only;
  gate: Pick<Gate, 'open' | 'openToErase'>;
  reader: StatusReader;
  watchers: Watchers;
  /** Deletes what was written about a submission into files, where this process sees them. */
  forgetMessages: (id: SubmissionId) => Promise<void>;
  log: Pick<Logger, 'error'>;
  now: () => Date;
};

export function eraseSubmissionRoute({ only, gate, forgetMessages, reader, watchers, log, now }: EraseDependencies) {
  return new Hono<WithPerson>().delete('/:id', only('organiser'), async (c) => {
    const { person } = c.var;
    const deadline = answerDeadline();
    const { id, isErased, erase, ...ending } = await gate.openToErase(person, c.req.param('id'), deadline);
    if (!isErased) await assertPreconditions(c, async () => (await gate.open(person, id, deadline)).shown());
    const erased = await erase(now().toISOString());
    for (const one of erased) {
      reader.forget(one.id);
      watchers.notify(one.id, { kind: 'erased' });
    }
    c.header('Cache-Control', 'no-store');
    const areForgotten = await Promise.all(erased.map((one) => isForgotten(one, ending)));
    const state = areForgotten.every(Boolean) ? 'erased' : 'erasing';
    if (state === 'erasing') c.header('Retry-After', String(reconcilePace));
    const erasure = { id, state } satisfies Erasure;
    return answerSized(c, state === 'erased' ? 200 : 202, 'application/json', JSON.stringify(erasure));
  });

  /** Whether nothing of it is left in Temporal either. If not, the reconciler goes on with it. */
  async function isForgotten({ id, messages }: Erased, { forget, finish }: Ending): Promise<boolean> {
    try {
      await forgetMessages(id);
      await forget(id, messages);
      await finish(id, now().toISOString());
      return true;
    } catch (error) {
      log.error({ err: error }, 'Temporal has not erased a submission yet');
      return false;
    }
  }
}

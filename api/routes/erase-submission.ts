import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Erasure } from '../../contract/erasure.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { answerSized } from '../answer-sized.ts';
import type { Gate } from '../gate/gate.ts';
import type { Only, WithPerson } from '../only.ts';
import type { StatusReader } from '../status-reader.ts';
import type { Submissions } from '../submissions.ts';
import type { Watchers } from '../watchers.ts';

/** Seconds: as often as Temporal is asked. */
const reconcilePace = 300;

export type EraseDependencies = {
  only: Only;
  gate: Pick<Gate, 'openToErase'>;
  submissions: Pick<Submissions, 'forget'>;
  reader: StatusReader;
  watchers: Watchers;
  /** Deletes what was written about a submission into files, where this process sees them. */
  forgetMessages: (id: SubmissionId) => Promise<void>;
  log: Pick<Logger, 'error'>;
  now: () => Date;
};

export function eraseSubmissionRoute({
  only,
  gate,
  submissions,
  forgetMessages,
  reader,
  watchers,
  log,
  now,
}: EraseDependencies) {
  return new Hono<WithPerson>().delete('/:id', only('organiser'), async (c) => {
    const opened = await gate.openToErase(c.var.person, c.req.param('id'));
    const { id } = opened;
    await opened.erase(now().toISOString());
    reader.forget(id);
    watchers.tell(id, { kind: 'erased' });
    c.header('Cache-Control', 'no-store');
    const state = (await isForgotten(opened)) ? 'erased' : 'erasing';
    if (state === 'erasing') c.header('Retry-After', String(reconcilePace));
    const erasure = { id, state } satisfies Erasure;
    return answerSized(c, state === 'erased' ? 200 : 202, 'application/json', JSON.stringify(erasure));
  });

  /** Whether nothing of it is left in Temporal either. If not, the reconciler goes on with it. */
  async function isForgotten({ id, finish }: Awaited<ReturnType<Gate['openToErase']>>): Promise<boolean> {
    try {
      await forgetMessages(id);
      await submissions.forget(id);
      await finish(now().toISOString());
      return true;
    } catch (error) {
      log.error({ err: error }, 'Temporal has not erased a submission yet');
      return false;
    }
  }
}

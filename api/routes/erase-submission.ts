import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Erasure } from '../../contract/erasure.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { Erased } from '../../store/erase-line.ts';
import type { Store } from '../../store/store.ts';
import { answerSized } from '../answer-sized.ts';
import { available } from '../available.ts';
import type { Only, WithPerson } from '../only.ts';
import { Refusal } from '../refusal.ts';
import type { StatusReader } from '../status-reader.ts';
import type { Submissions } from '../submissions.ts';
import type { Watchers } from '../watchers.ts';

/** Seconds: as often as Temporal is asked. */
const reconcilePace = 300;

export type EraseDependencies = {
  only: Only;
  store: Pick<Store, 'find' | 'erase' | 'finish'>;
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
  store,
  submissions,
  forgetMessages,
  reader,
  watchers,
  log,
  now,
}: EraseDependencies) {
  return new Hono<WithPerson>().delete('/:id', only('organiser'), async (c) => {
    const id = parseSubmissionId(c.req.param('id'));
    if (id === undefined) throw new Refusal('not-found');
    await assertThere(id);
    const erased = await available(store.erase(id, now().toISOString(), { person: c.var.person.name }));
    for (const one of erased) {
      reader.forget(one.id);
      watchers.tell(one.id, { kind: 'erased' });
    }
    c.header('Cache-Control', 'no-store');
    const areForgotten = await Promise.all(erased.map(isForgotten));
    const state = areForgotten.every(Boolean) ? 'erased' : 'erasing';
    if (state === 'erasing') c.header('Retry-After', String(reconcilePace));
    const erasure = { id, state } satisfies Erasure;
    return answerSized(c, state === 'erased' ? 200 : 202, 'application/json', JSON.stringify(erasure));
  });

  /** @throws Refusal where there is nothing to erase */
  async function assertThere(id: SubmissionId): Promise<void> {
    const record = await available(store.find(id));
    if (record.kind !== 'unknown') return;
    // It may be on record soon.
    const reading = await reader.read(id);
    if (reading.kind === 'unknown') throw new Refusal('not-found');
    if (reading.kind === 'no-answer') throw new Refusal('temporarily-unavailable', {}, { cause: reading.cause });
  }

  /** Whether nothing of it is left in Temporal either. If not, the reconciler goes on with it. */
  async function isForgotten({ id, messages }: Erased): Promise<boolean> {
    try {
      await forgetMessages(id);
      await submissions.forget(id, messages);
      await store.finish(id, now().toISOString());
      return true;
    } catch (error) {
      log.error({ err: error }, 'Temporal has not erased a submission yet');
      return false;
    }
  }
}

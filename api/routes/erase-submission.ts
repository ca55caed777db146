import type { Logger } from 'pino';
import { erasureSchema } from '../../contract/http/erasure.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import type { Gate } from '../people/gate.ts';
import { openingRefusals } from '../people/opening.ts';
import { route } from '../routing/route.ts';
import type { StatusReader } from '../status/status-reader.ts';
import type { Watchers } from '../status/watchers.ts';
import { listed } from './examples.ts';

/** Seconds: as often as Temporal is asked. */
const reconcilePace = 300;

type Opened = Awaited<ReturnType<Gate['openToErase']>>;
type Erased = Awaited<ReturnType<Opened['erase']>>[number];
type Ending = Pick<Opened, 'forget' | 'finish'>;

export type EraseDependencies = {
  gate: Pick<Gate, 'open' | 'openToErase'>;
  reader: StatusReader;
  watchers: Watchers;
  /** Deletes what was written about a submission into files, where this process sees them. */
  forgetMessages: (id: SubmissionId) => Promise<void>;
  log: Pick<Logger, 'error'>;
  now: () => Date;
};

export const eraseSubmission = route(
  {
    method: 'delete',
    path: '/api/organiser/submissions/{id}',
    operationId: 'eraseSubmission',
    tag: 'organisers',
    who: 'organiser',
    summary: 'Erase a submission',
    description:
      'For an organiser. All that is kept of it goes, whether it runs or is over, and does not come back: its status is `410` from then on, and so is a submit under its `Idempotency-Key`. It can be repeated.',
    parameters: { id: 'SubmissionId' },
    takes: { preconditions: true },
    gives: {
      200: {
        description: 'Nothing of it is left',
        cache: 'no-store',
        body: { Erasure: erasureSchema },
        only: { state: ['erased'] },
        example: { id: listed.id, state: 'erased' },
      },
      202: {
        description: 'It is erased for everybody; Temporal still deletes its copy',
        cache: 'no-store',
        body: { Erasure: erasureSchema },
        only: { state: ['erasing'] },
        headers: { 'Retry-After': 'RetryAfter' },
        example: { id: listed.id, state: 'erasing' },
      },
    },
    refuses: [...openingRefusals],
  },
  ({ gate, forgetMessages, reader, watchers, log, now }: EraseDependencies) => {
    return async (asked) => {
      const { person, params, refuse } = asked;
      const { id, isErased, erase, ...ending } = await gate.openToErase(person, params.id, refuse);
      if (!isErased) await assertPreconditions(asked, async () => (await gate.open(person, id, refuse)).shown());
      const erased = await erase(now().toISOString());
      for (const one of erased) {
        reader.forget(one.id);
        watchers.tell(one.id, { kind: 'erased' });
      }
      const areForgotten = await Promise.all(erased.map((one) => isForgotten(one, ending)));
      if (areForgotten.every(Boolean)) return { status: 200, body: { id, state: 'erased' as const } };
      return {
        status: 202,
        body: { id, state: 'erasing' as const },
        headers: { 'Retry-After': String(reconcilePace) },
      };
    };

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
  },
);

import { erasureSchema } from '../../contract/http/erasure.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { assertPreconditions } from '../http/preconditions.ts';
import type { Gate } from '../people/gate.ts';
import { openingRefusals } from '../people/read-submission.ts';
import { route } from '../routing/route.ts';
import { listed } from './examples.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

/** Seconds between two runs of the reconciler, which finishes erasures. */
const reconcilePace = 300;

type Opened = Awaited<ReturnType<Gate['openToErase']>>;
type Ending = Pick<Opened, 'forget' | 'finish'>;

export const eraseSubmission = route(
  {
    route: 'DELETE /api/organiser/submissions/{id}',
    operationId: 'eraseSubmission',
    who: 'organiser',
    summary: 'Erase a submission',
    description:
      'For an organiser. Deletes everything stored about the submission, whether it is running or has ended. Its status is `410` from then on, and so is a submit with its `Idempotency-Key`. It can be repeated.',
    gives: {
      200: {
        description: 'Nothing is left of it',
        body: { Erasure: erasureSchema },
        only: { state: ['erased'] },
        example: { id: listed.id, state: 'erased' },
      },
      202: {
        description: 'Nobody can read it any more; Temporal is still deleting its copy',
        body: { Erasure: erasureSchema },
        only: { state: ['erasing'] },
        headers: { 'Retry-After': 'RetryAfter' },
        example: { id: listed.id, state: 'erasing' },
      },
    },
    refuses: [...openingRefusals],
  },
  ({ gate, forgetMessages, reader, watchers, log, now }: OrganiserDependencies) => {
    return async (asked) => {
      const { params } = asked;
      const { id, isErased, erase, ...ending } = await gate.openToErase(asked, params.id);
      if (!isErased) await assertPreconditions(asked, async () => (await gate.open(asked, id)).shown());
      const erased = await erase(now().toISOString());
      for (const one of erased) {
        reader.forget(one);
        watchers.notify(one, { kind: 'erased' });
      }
      const areForgotten = await Promise.all(erased.map((one) => isForgotten(one, ending)));
      if (areForgotten.every(Boolean)) return { status: 200, body: { id, state: 'erased' as const } };
      return {
        status: 202,
        body: { id, state: 'erasing' as const },
        headers: { 'Retry-After': String(reconcilePace) },
      };
    };

    /** Whether Temporal has deleted it too. If not, the reconciler tries again. */
    async function isForgotten(id: SubmissionId, { forget, finish }: Ending): Promise<boolean> {
      try {
        await forgetMessages(id);
        await forget(id);
        await finish(id, now().toISOString());
        return true;
      } catch (error) {
        log.error({ err: error }, 'Temporal has not erased a submission yet');
        return false;
      }
    }
  },
);

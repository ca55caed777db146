import type { Context } from 'hono';
import { type StatusDocument, statusDocumentSchema } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import { parseSubmissionId, type SubmissionId } from '../../contract/submission-id.ts';
import type { Deadline } from '../../process/deadline.ts';
import { isKnown } from '../http/entity-tag.ts';
import { hungUp } from '../http/hung-up.ts';
import { preferredWait } from '../http/preferred-wait.ts';
import { polling, pollingWhileRunning } from '../http/response-headers.ts';
import { route } from '../routing/route.ts';
import { shortestPace } from '../status/pace.ts';
import type { Reading } from '../status/status-source.ts';
import { accepted, running } from './examples.ts';
import { createReadStatus, found, type RefuseToRead } from './read-status.ts';
import type { SubmissionDependencies } from './submission-dependencies.ts';

const held = { 'Preference-Applied': 'PreferenceApplied' } as const;
const body = { StatusDocument: statusDocumentSchema };

type Poll = { c: Context; params: { id: string }; deadline: Deadline; refuse: RefuseToRead };

export const poll = route(
  {
    route: 'GET /api/submissions/{id}',
    operationId: 'readStatus',
    who: 'anyone',
    summary: 'Read the status',
    description:
      'Anyone with the URL may read it, as often as they like: it changes nothing. A client that polls sooner than `Retry-After` says may get `429`; its submission is not affected.',
    takes: { prefer: true },
    gives: {
      200: {
        description: 'It has ended: the outcome is final. After an acceptance only `result.attendance` may change',
        body,
        only: { status: ['Succeeded', 'Failed', 'Canceled'] },
        headers: held,
        example: accepted,
      },
      202: {
        description: 'It is being processed',
        body,
        only: { status: ['NotStarted', 'Running'] },
        headers: { ...held, ...polling },
        example: running,
      },
      304: {
        description:
          'The client already has the document. While it is being processed, the headers say where and when to poll again',
        headers: { ...held, ...pollingWhileRunning },
      },
    },
    refuses: ['not-found', 'erased', 'too-many-requests'],
  },
  (dependencies: SubmissionDependencies) => {
    const { reader, watchers, limits, answers, addressOf, noteHeld } = dependencies;
    const read = createReadStatus(dependencies);
    return (asked) => answerAtOnce(asked) ?? answerInTime(asked);

    /** From a fresh copy. */
    function answerAtOnce({ c, params, deadline }: Poll) {
      const id = parseSubmissionId(params.id);
      const status = id && reader.fresh(id, deadline);
      if (status === undefined || c.req.header('Prefer') !== undefined) return undefined;
      const charged = limits.charge('poll', `${addressOf(c)} ${id}`);
      return charged === undefined ? answers.status(status) : charged.then(() => answers.status(status));
    }

    async function answerInTime({ c, params, refuse }: Poll) {
      const address = addressOf(c);
      const arrivedAt = reader.now();
      const { id, status } = await read(params.id, address, refuse);
      const charge = () => limits.charge('poll', `${address} ${id}`);
      const wait = preferredWait(c.req.header('Prefer'));
      if (wait === undefined) {
        await charge();
        return answers.status(status);
      }

      const isWorthWaiting = hasNoNews(c, status);
      // A request held at least as long as the shortest pace isn't charged: the number of waiters limits it.
      const isPaced = wait >= shortestPace;
      if (!isPaced) await charge();
      const gone = hungUp(c);
      // The wait counts from the arrival of the request, not from the reading of the status.
      const milliseconds = wait * 1_000 - (reader.now() - arrivedAt);
      const isHeld = isWorthWaiting && milliseconds > 0;
      const heldFrom = reader.now();
      const heldFor = isHeld ? await hold(id, status, { milliseconds, gone }) : undefined;
      noteHeld?.(c, reader.now() - heldFrom);
      if (isPaced && (heldFor === undefined || gone.aborted)) await charge();
      const answer = answers.status(heldFor ? found(heldFor, refuse) : status, { wasHeld: heldFor !== undefined });
      const isApplied = heldFor !== undefined || !isWorthWaiting;
      const applied = isApplied ? { 'Preference-Applied': 'wait' } : {};
      return answer.status === 200
        ? { ...answer, headers: applied }
        : { ...answer, headers: { ...answer.headers, ...applied } };
    }

    /** The first reading with news for this client, or else the latest; `undefined` if there are too many waiters. */
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

    /** Whether there is something to wait for: it hasn't ended, and the client has the current document. */
    function hasNoNews(c: Context, status: StatusDocument): boolean {
      const known = c.req.header('If-None-Match');
      return !isTerminal(status) && (known === undefined || isKnown(answers.tagOf(status), known));
    }
  },
);

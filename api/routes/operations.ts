import { type Context, Hono } from 'hono';
import type { Call } from '../../contract/call.ts';
import { announcementRequest, closingRequest, outcomeOf } from '../../contract/decision.ts';
import { given } from '../../contract/given.ts';
import { type OperationKind, operationIdPattern } from '../../contract/operation.ts';
import type { AnnouncementInput, ClosingInput } from '../../contract/operations.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import type { LeftOpen } from '../../store/reconciliation.ts';
import type { Store } from '../../store/store.ts';
import { answerTagged } from '../answer-tagged.ts';
import { available } from '../available.ts';
import { conflictOf } from '../conflict.ts';
import { idempotencyKeyOf, keyReused } from '../idempotency-key.ts';
import type { createIds } from '../ids.ts';
import { readJson } from '../json-content.ts';
import { limitContent } from '../limit-content.ts';
import type { Only, WithPerson } from '../only.ts';
import type { OperationAnswers } from '../operation-answers.ts';
import type { Operations } from '../operations.ts';
import { commandIn } from '../read-command.ts';
import { Refusal } from '../refusal.ts';

export type OperationDependencies = {
  call: Call;
  only: Only;
  ids: ReturnType<typeof createIds>;
  store: Pick<Store, 'leftOpen' | 'undelivered' | 'audit'>;
  operations: Pick<Operations, 'start' | 'read' | 'cancel'>;
  operationAnswers: OperationAnswers;
  now: () => Date;
};

/** All but the trigger, which has a path of its own and other methods. */
const id = ':id{(?!trigger$)[^/]+}';

/** So many of what is open are named. */
const mostNamed = 200;

/** What takes its time: it is started, followed, and, while it waits, called off. */
export function operationRoutes({ call, only, ids, store, operations, operationAnswers, now }: OperationDependencies) {
  const { closes, opens } = call;

  return new Hono<WithPerson>()
    .post('/announcements', only('organiser'), limitContent, async (c) => {
      const content = await readJson(c.req);
      const { submissions, filter, at, reason } = commandIn(content, announcementRequest);
      const selection =
        submissions === undefined
          ? given({ track: filter?.track, verdict: filter?.decision && outcomeOf[filter.decision] })
          : { ids: submissions.flatMap((text) => parseSubmissionId(text) ?? []) };
      const begins = at === undefined ? undefined : new Date(at).toISOString();
      const input = given({ ...begun(c, 'announcements'), why: reason, at: begins, selection });
      return started(c, 'announcements', input, content);
    })
    .get(`/announcements/${id}`, only('organiser'), (c) => follow(c, 'announcements'))
    .delete(`/announcements/${id}`, only('organiser'), async (c) => {
      const operation = await known(c, 'announcements');
      const [at, command, person] = [now().toISOString(), 'cancel-announcement', c.var.person.name];
      await available(store.audit.note({ id: `${command}:${operation.id}`, at, person, command }));
      await operations.cancel('announcements', operation.id);
      return operationAnswers.accepted(c, 'announcements', operation);
    })

    .get('/closings', only('organiser'), async (c) => {
      const [open, undelivered] = await available(
        Promise.all([store.leftOpen(mostNamed), store.undelivered(mostNamed)]),
      );
      const mayRead = ({ submission, state }: Pick<LeftOpen, 'submission' | 'state'>) =>
        conflictOf(c.var.person, submission, state) === undefined;
      const content = {
        ...{ opens, closes },
        open: {
          count: open.count,
          submissions: open.some.filter(mayRead).map(({ id, awaited: awaits }) => ({ id, awaits })),
        },
        undelivered: {
          count: undelivered.count,
          messages: undelivered.some.filter(mayRead).map(({ id, sending: state }) => ({ id, state })),
        },
      };
      return answerTagged(c, JSON.stringify(content));
    })
    .post('/closings', only('organiser'), limitContent, async (c) => {
      const content = await readJson(c.req);
      const { force, reason } = commandIn(content, closingRequest);
      if (now() < new Date(closes)) throw new Refusal('call-open', { opens, closes });
      const input = given({ ...begun(c, 'closings'), why: reason, isForced: force });
      return started(c, 'closings', input, content);
    })
    .get('/closings/:id', only('organiser'), (c) => follow(c, 'closings'));

  /** The same person's same key is the same operation. */
  function begun(c: Context<WithPerson>, kind: OperationKind) {
    const key = idempotencyKeyOf(c);
    const by = c.var.person.name;
    const id = key === undefined ? ids.random() : ids.ofOperation(kind, by, key);
    return { id, createdAt: now().toISOString(), by };
  }

  /** @throws Refusal when the key was used for another request (contract H10) */
  async function started(
    c: Context,
    kind: OperationKind,
    input: AnnouncementInput | ClosingInput,
    content: unknown,
  ): Promise<Response> {
    const result = await operations.start(kind, input, ids.fingerprint(content));
    if (result.kind === 'other') throw keyReused();
    return operationAnswers.accepted(c, kind, result.operation);
  }

  async function follow(c: Context, kind: OperationKind): Promise<Response> {
    return operationAnswers.status(c, kind, await known(c, kind));
  }

  /** @throws Refusal where there is none */
  async function known(c: Context, kind: OperationKind) {
    const id = c.req.param('id') ?? '';
    const operation = operationIdPattern.test(id) ? await operations.read(kind, id) : undefined;
    if (operation === undefined) throw new Refusal('not-found');
    return operation;
  }
}

import { type Context, Hono } from 'hono';
import type { Call } from '../../contract/call/call.ts';
import type { Person } from '../../contract/committee/person.ts';
import { given } from '../../contract/given.ts';
import type { Operation, OperationKind } from '../../contract/http/operation.ts';
import { announcementRequest, closingRequest } from '../../contract/http/requests.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import { entityTagOf } from '../http/entity-tag.ts';
import { assertPreconditions, nothingThere, type Representation } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import type { createIds } from '../ids.ts';
import type { Gate } from '../people/gate.ts';
import type { Only, WithPerson } from '../people/only.ts';
import { idempotencyKeyOf } from '../request/idempotency-key.ts';
import { readJson } from '../request/json-content.ts';
import { limitContent } from '../request/limit-content.ts';
import { commandIn } from '../request/read-command.ts';
import type { OperationAnswers } from './operation-answers.ts';

export type OperationDependencies = {
  call: Call;
  only: Only;
  ids: ReturnType<typeof createIds>;
  gate: Pick<Gate, 'announce' | 'close' | 'hasBegun' | 'operation' | 'cancelAnnouncement' | 'leftOpen'>;
  operationAnswers: OperationAnswers;
  now: () => Date;
};

/** All but the trigger, which has a path of its own and other methods. */
const id = ':id{(?!trigger$)[^/]+}';

/** What takes its time: it is started, followed, and, while it waits, called off. */
export function operationRoutes({ call, only, ids, gate, operationAnswers, now }: OperationDependencies) {
  const { closes, opens } = call;

  return new Hono<WithPerson>()
    .post('/announcements', only('organiser'), limitContent, async (c) => {
      const content = await readJson(c.req);
      const { submissions, filter, at, reason } = commandIn(content, announcementRequest);
      const selection =
        submissions === undefined
          ? given({ ...filter })
          : { ids: submissions.flatMap((text) => parseSubmissionId(text) ?? []) };
      const begins = at === undefined ? undefined : new Date(at).toISOString();
      const input = given({ ...begun(c, 'announcements'), reason, at: begins, selection });
      const deadline = answerDeadline();
      await assertPreconditions(c, nothingThere, () => gate.hasBegun('announcements', input.id, deadline));
      const operation = await gate.announce(c.var.person, input, ids.fingerprint(content), deadline);
      return operationAnswers.accepted(c, 'announcements', operation);
    })
    .get(`/announcements/${id}`, only('organiser'), (c) => follow(c, 'announcements'))
    .delete(`/announcements/${id}`, only('organiser'), async (c) => {
      const { person } = c.var;
      const id = c.req.param('id');
      const deadline = answerDeadline();
      const read = () => gate.operation(person, 'announcements', id, deadline);
      await assertPreconditions(
        c,
        async () => asRepresentation(await read()),
        async () => (await read()).status === 'Canceled',
      );
      const operation = await gate.cancelAnnouncement(person, id, now().toISOString(), deadline);
      return operationAnswers.accepted(c, 'announcements', operation);
    })

    .get('/closings', only('organiser'), async (c) => answerTagged(c, await leftOpenTo(c.var.person)))
    .post('/closings', only('organiser'), limitContent, async (c) => {
      const content = await readJson(c.req);
      const { force, reason } = commandIn(content, closingRequest);
      if (now() < new Date(closes)) throw new Refusal('call-open', { opens, closes });
      const input = given({ ...begun(c, 'closings'), reason, force });
      const deadline = answerDeadline();
      const read = async () => ({ tag: entityTagOf(await leftOpenTo(c.var.person)) });
      await assertPreconditions(c, read, () => gate.hasBegun('closings', input.id, deadline));
      const operation = await gate.close(c.var.person, input, ids.fingerprint(content), deadline);
      return operationAnswers.accepted(c, 'closings', operation);
    })
    .get('/closings/:id', only('organiser'), (c) => follow(c, 'closings'));

  /** What the closing would bring to its end, as a person may know it. */
  async function leftOpenTo(person: Person): Promise<string> {
    return JSON.stringify({ opens, closes, ...(await gate.leftOpen(person)) });
  }

  /** The same person's same key is the same operation. */
  function begun(c: Context<WithPerson>, kind: OperationKind) {
    const key = idempotencyKeyOf(c);
    const id = key === undefined ? ids.random() : ids.ofOperation(kind, c.var.person.name, key);
    return { id, createdAt: now().toISOString() };
  }

  async function follow(c: Context<WithPerson>, kind: OperationKind): Promise<Response> {
    const operation = await gate.operation(c.var.person, kind, c.req.param('id') ?? '', answerDeadline());
    return operationAnswers.status(c, kind, operation);
  }
}

function asRepresentation(operation: Operation): Representation {
  return { tag: entityTagOf(JSON.stringify(operation)), modifiedAt: operation.lastUpdatedAt };
}

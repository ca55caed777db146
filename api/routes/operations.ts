import { type Context, Hono } from 'hono';
import type { Call } from '../../contract/call.ts';
import { announcementRequest, closingRequest, outcomeOf } from '../../contract/decision.ts';
import { given } from '../../contract/given.ts';
import type { OperationKind } from '../../contract/operation.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { answerTagged } from '../answer-tagged.ts';
import type { Gate } from '../gate/gate.ts';
import { idempotencyKeyOf } from '../idempotency-key.ts';
import type { createIds } from '../ids.ts';
import { readJson } from '../json-content.ts';
import { limitContent } from '../limit-content.ts';
import type { Only, WithPerson } from '../only.ts';
import type { OperationAnswers } from '../operation-answers.ts';
import { commandIn } from '../read-command.ts';
import { Refusal } from '../refusal.ts';

export type OperationDependencies = {
  call: Call;
  only: Only;
  ids: ReturnType<typeof createIds>;
  gate: Pick<Gate, 'announce' | 'close' | 'operation' | 'cancelAnnouncement' | 'leftOpen'>;
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
          ? given({ track: filter?.track, verdict: filter?.decision && outcomeOf[filter.decision] })
          : { ids: submissions.flatMap((text) => parseSubmissionId(text) ?? []) };
      const begins = at === undefined ? undefined : new Date(at).toISOString();
      const input = given({ ...begun(c, 'announcements'), why: reason, at: begins, selection });
      const operation = await gate.announce(c.var.person, input, ids.fingerprint(content));
      return operationAnswers.accepted(c, 'announcements', operation);
    })
    .get(`/announcements/${id}`, only('organiser'), (c) => follow(c, 'announcements'))
    .delete(`/announcements/${id}`, only('organiser'), async (c) => {
      const at = now().toISOString();
      const operation = await gate.cancelAnnouncement(c.var.person, c.req.param('id'), at);
      return operationAnswers.accepted(c, 'announcements', operation);
    })

    .get('/closings', only('organiser'), async (c) => {
      const content = { opens, closes, ...(await gate.leftOpen(c.var.person)) };
      return answerTagged(c, JSON.stringify(content));
    })
    .post('/closings', only('organiser'), limitContent, async (c) => {
      const content = await readJson(c.req);
      const { force, reason } = commandIn(content, closingRequest);
      if (now() < new Date(closes)) throw new Refusal('call-open', { opens, closes });
      const input = given({ ...begun(c, 'closings'), why: reason, isForced: force });
      return operationAnswers.accepted(c, 'closings', await gate.close(c.var.person, input, ids.fingerprint(content)));
    })
    .get('/closings/:id', only('organiser'), (c) => follow(c, 'closings'));

  /** The same person's same key is the same operation. */
  function begun(c: Context<WithPerson>, kind: OperationKind) {
    const key = idempotencyKeyOf(c);
    const id = key === undefined ? ids.random() : ids.ofOperation(kind, c.var.person.name, key);
    return { id, createdAt: now().toISOString() };
  }

  async function follow(c: Context<WithPerson>, kind: OperationKind): Promise<Response> {
    return operationAnswers.status(c, kind, await gate.operation(c.var.person, kind, c.req.param('id') ?? ''));
  }
}

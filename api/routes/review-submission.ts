import { type Context, Hono } from 'hono';
import type { Call } from '../../contract/call/call.ts';
import { given } from '../../contract/given.ts';
import { conflictRequest, deadlineRequest, decisionRequest, reviewRequestFor } from '../../contract/http/requests.ts';
import type { Conditional } from '../../contract/workflow/commands.ts';
import { answerDeadline } from '../http/answer-deadline.ts';
import { answerSized } from '../http/answer-sized.ts';
import { answerTagged } from '../http/answer-tagged.ts';
import { done } from '../http/done.ts';
import { underPreconditions } from '../http/preconditions.ts';
import { Refusal } from '../http/refusal.ts';
import type { Gate } from '../people/gate.ts';
import type { Only, WithPerson } from '../people/only.ts';
import { idempotencyKeyOf } from '../request/idempotency-key.ts';
import { limitContent } from '../request/limit-content.ts';
import { readCommand } from '../request/read-command.ts';

export type ReviewDependencies = {
  call: Call;
  only: Only;
  gate: Pick<Gate, 'open'>;
};

type Opened = Awaited<ReturnType<Gate['open']>>;

/** What people do with one submission: read it, review it, step back from it, decide on it, move its deadline. */
export function reviewSubmissionRoute({ call, only, gate }: ReviewDependencies) {
  const reviewRequest = reviewRequestFor(call);

  /** Does it to what the person was shown, if they say so (contract H34). */
  async function heedful<Value>(
    c: Context<WithPerson>,
    change: (opened: Opened, condition: Conditional) => Promise<Parameters<typeof done<Value>>[0]>,
  ): Promise<Value> {
    const deadline = answerDeadline();
    const open = () => gate.open(c.var.person, c.req.param('id'), deadline);
    const opened = await open();
    const look = async () => (await open()).shown();
    return underPreconditions(c, look, async (condition) => done(await change(opened, condition)));
  }

  return new Hono<WithPerson>()
    .get('/:id', only('reviewer'), async (c) => {
      const opened = await gate.open(c.var.person, c.req.param('id'), answerDeadline());
      const { content } = await opened.shown();
      return answerTagged(c, content);
    })

    .put('/:id/review', only('reviewer'), limitContent, async (c) => {
      const said = await readCommand(c, reviewRequest);
      const scores = said.scores && allOf(said.scores);
      const [command, key] = [given({ ...said, scores }), idempotencyKeyOf(c)];
      const review = await heedful(c, (opened, condition) => opened.review({ ...command, ...condition }, key));
      return answered(c, review);
    })

    .put('/:id/conflict', only('reviewer'), limitContent, async (c) => {
      const { person } = c.var;
      const { person: other, reason } = await readCommand(c, conflictRequest);
      if (other !== undefined && person.role !== 'organiser')
        throw new Refusal('invalid-command', { errors: [{ detail: 'is for organisers', pointer: '/person' }] });
      const command = given({ person: other, reason });
      const change = (opened: Opened, condition: Conditional) => opened.declareConflict({ ...command, ...condition });
      const { by, at, confirmedBy } = await heedful(c, change);
      return answered(c, given({ by, at, confirmedBy }));
    })

    .put('/:id/decision', only('organiser'), limitContent, async (c) => {
      const command = given(await readCommand(c, decisionRequest));
      const key = idempotencyKeyOf(c);
      return answered(c, await heedful(c, (opened, condition) => opened.decide({ ...command, ...condition }, key)));
    })

    .put('/:id/deadline', only('organiser'), limitContent, async (c) => {
      const { due, reason } = await readCommand(c, deadlineRequest);
      const instant = new Date(due).toISOString();
      const [command, key] = [given({ due: instant, reason }), idempotencyKeyOf(c)];
      await heedful(c, (opened, condition) => opened.reschedule({ ...command, ...condition }, key));
      return answered(c, { due: instant });
    });
}

function allOf(scores: Record<string, number | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(scores).flatMap(([id, score]): [string, number][] => (score === undefined ? [] : [[id, score]])),
  );
}

type Answering = Parameters<typeof answerSized>[0];

function answered(c: Answering, content: object): Response {
  c.header('Cache-Control', 'no-store');
  return answerSized(c, 200, 'application/json', JSON.stringify(content));
}

import { Hono } from 'hono';
import type { Call } from '../../contract/call.ts';
import {
  conflictRequest,
  deadlineRequest,
  decisionRequest,
  outcomeOf,
  reviewRequestFor,
} from '../../contract/decision.ts';
import { given } from '../../contract/given.ts';
import { answerSized } from '../answer-sized.ts';
import { answerTagged } from '../answer-tagged.ts';
import { done } from '../done.ts';
import type { Gate } from '../gate/gate.ts';
import { idempotencyKeyOf } from '../idempotency-key.ts';
import { limitContent } from '../limit-content.ts';
import type { Only, WithPerson } from '../only.ts';
import { readCommand } from '../read-command.ts';
import { Refusal } from '../refusal.ts';
import { asReview } from '../view.ts';

export type ReviewDependencies = {
  call: Call;
  only: Only;
  gate: Pick<Gate, 'open'>;
};

/** What people do with one submission: read it, review it, step back from it, decide on it, move its deadline. */
export function reviewSubmissionRoute({ call, only, gate }: ReviewDependencies) {
  const reviewRequest = reviewRequestFor(call);

  return new Hono<WithPerson>()
    .get('/:id', only('reviewer'), async (c) => {
      const opened = await gate.open(c.var.person, c.req.param('id'));
      return answerTagged(c, JSON.stringify(await opened.view()));
    })

    .put('/:id/review', only('reviewer'), limitContent, async (c) => {
      const { abstains, ...said } = await readCommand(c, reviewRequest);
      const opened = await gate.open(c.var.person, c.req.param('id'));
      const scores = said.scores && allOf(said.scores);
      const command = given({ ...said, scores, isAbstention: abstains });
      const review = done(await opened.review(command, idempotencyKeyOf(c)));
      return answered(c, asReview(review));
    })

    .put('/:id/conflict', only('reviewer'), limitContent, async (c) => {
      const { person } = c.var;
      const { person: other, reason } = await readCommand(c, conflictRequest);
      if (other !== undefined && person.role !== 'organiser')
        throw new Refusal('invalid-command', { errors: [{ detail: 'is for organisers', pointer: '/person' }] });
      const opened = await gate.open(person, c.req.param('id'));
      const command = given({ person: other, why: reason });
      const { by, at, confirmedBy } = done(await opened.declareConflict(command));
      return answered(c, given({ by, at, confirmedBy }));
    })

    .put('/:id/decision', only('organiser'), limitContent, async (c) => {
      const { decision, reason, override, ...more } = await readCommand(c, decisionRequest);
      const opened = await gate.open(c.var.person, c.req.param('id'));
      const verdict = await opened.decide(
        given({ ...more, outcome: outcomeOf[decision], why: reason, isOverride: override }),
        idempotencyKeyOf(c),
      );
      return answered(c, done(verdict));
    })

    .put('/:id/deadline', only('organiser'), limitContent, async (c) => {
      const { due, reason } = await readCommand(c, deadlineRequest);
      const opened = await gate.open(c.var.person, c.req.param('id'));
      const instant = new Date(due).toISOString();
      const command = given({ due: instant, why: reason });
      done(await opened.reschedule(command, idempotencyKeyOf(c)));
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

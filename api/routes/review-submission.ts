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
import { idempotencyKeyOf } from '../idempotency-key.ts';
import { limitContent } from '../limit-content.ts';
import type { Only, WithPerson } from '../only.ts';
import { done, type OpenSubmission } from '../open-submission.ts';
import type { People } from '../people.ts';
import { readCommand } from '../read-command.ts';
import { Refusal } from '../refusal.ts';
import { asReview, type View } from '../view.ts';

export type ReviewDependencies = {
  call: Call;
  only: Only;
  view: View;
  people: Pick<People, 'review' | 'declareConflict' | 'decide' | 'reschedule'>;
  openSubmission: OpenSubmission;
};

/** What people do with one submission: read it, review it, step back from it, decide on it, move its deadline. */
export function reviewSubmissionRoute({ call, only, view, people, openSubmission }: ReviewDependencies) {
  const reviewRequest = reviewRequestFor(call);

  return new Hono<WithPerson>()
    .get('/:id', only('reviewer'), async (c) => {
      const { person } = c.var;
      const seen = view.one(person, await openSubmission(c.req.param('id'), person));
      if (seen === undefined) throw new Refusal('conflict-of-interest');
      return answerTagged(c, JSON.stringify(seen));
    })

    .put('/:id/review', only('reviewer'), limitContent, async (c) => {
      const { person } = c.var;
      const { abstains, ...said } = await readCommand(c, reviewRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const scores = said.scores && allOf(said.scores);
      const command = given({ by: person.name, ...said, scores, isAbstention: abstains });
      const review = done(await people.review(state.id, command, idempotencyKeyOf(c)));
      return answered(c, asReview(review));
    })

    .put('/:id/conflict', only('reviewer'), limitContent, async (c) => {
      const { person } = c.var;
      const { reason } = await readCommand(c, conflictRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const command = given({ by: person.name, why: reason });
      const { by, at } = done(await people.declareConflict(state.id, command));
      return answered(c, { by, at });
    })

    .put('/:id/decision', only('organiser'), limitContent, async (c) => {
      const { person } = c.var;
      const { decision, reason, override, ...more } = await readCommand(c, decisionRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const verdict = await people.decide(
        state.id,
        given({ by: person.name, ...more, outcome: outcomeOf[decision], why: reason, isOverride: override }),
        idempotencyKeyOf(c),
      );
      return answered(c, done(verdict));
    })

    .put('/:id/deadline', only('organiser'), limitContent, async (c) => {
      const { person } = c.var;
      const { due, reason } = await readCommand(c, deadlineRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const instant = new Date(due).toISOString();
      const command = given({ by: person.name, due: instant, why: reason });
      done(await people.reschedule(state.id, command, idempotencyKeyOf(c)));
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

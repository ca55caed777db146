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
import type { PossibleConflict } from '../../contract/listed-submission.ts';
import type { Listed } from '../../store/list.ts';
import type { Person } from '../access.ts';
import { answerSized } from '../answer-sized.ts';
import { answerTagged } from '../answer-tagged.ts';
import { available } from '../available.ts';
import { idempotencyKeyOf } from '../idempotency-key.ts';
import { limitContent } from '../limit-content.ts';
import type { Only, WithPerson } from '../only.ts';
import { done, type OpenSubmission, unlessUnreachable } from '../open-submission.ts';
import type { People } from '../people.ts';
import type { PossibleConflicts } from '../possible-conflicts.ts';
import { readCommand } from '../read-command.ts';
import { Refusal } from '../refusal.ts';
import { asReview, type View } from '../view.ts';

export type ReviewDependencies = {
  call: Call;
  only: Only;
  view: View;
  people: Pick<People, 'review' | 'declareConflict' | 'decide' | 'reschedule'>;
  openSubmission: OpenSubmission;
  possibleConflicts: PossibleConflicts;
};

/** What people do with one submission: read it, review it, step back from it, decide on it, move its deadline. */
export function reviewSubmissionRoute(dependencies: ReviewDependencies) {
  const { call, only, view, people, openSubmission, possibleConflicts } = dependencies;
  const reviewRequest = reviewRequestFor(call);

  /** Nothing, while the database is out of reach: what is known of the submission itself is read all the same. */
  async function found(person: Person, item: Listed): Promise<PossibleConflict[]> {
    const byId = await possibleConflicts(person, [item]).catch(unlessUnreachable);
    return byId?.get(item.state.id) ?? [];
  }

  /** An organiser keeps others away by what was found, and by nothing else. @throws Refusal */
  async function assertFound(organiser: Person, item: Listed, name: string): Promise<void> {
    if (item.state.conflicts?.some(({ by }) => by === name)) return;
    const byId = await available(possibleConflicts(organiser, [item]));
    if (!byId.get(item.state.id)?.some(({ person }) => person === name)) throw new Refusal('nothing-to-confirm');
  }

  return new Hono<WithPerson>()
    .get('/:id', only('reviewer'), async (c) => {
      const { person } = c.var;
      const item = await openSubmission(c.req.param('id'), person);
      const seen = view.one(person, { ...item, possibleConflicts: await found(person, item) });
      if (seen === undefined) throw new Refusal('conflict-of-interest');
      return answerTagged(c, JSON.stringify(seen));
    })

    .put('/:id/review', only('reviewer'), limitContent, async (c) => {
      const { person } = c.var;
      const { abstains, ...said } = await readCommand(c, reviewRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const scores = said.scores && allOf(said.scores);
      const seesAll = view.seesAllReviews(person) || undefined;
      const command = given({ by: person.name, ...said, scores, isAbstention: abstains, seesAll });
      const review = done(await people.review(state.id, command, idempotencyKeyOf(c)));
      return answered(c, asReview(review));
    })

    .put('/:id/conflict', only('reviewer'), limitContent, async (c) => {
      const { person } = c.var;
      const { person: other, reason } = await readCommand(c, conflictRequest);
      if (other !== undefined && person.role !== 'organiser')
        throw new Refusal('invalid-command', { errors: [{ detail: 'is for organisers', pointer: '/person' }] });
      const item = await openSubmission(c.req.param('id'), person);
      if (other !== undefined && other !== person.name) await assertFound(person, item, other);
      const command = given({ by: person.name, person: other, why: reason });
      const { by, at, confirmedBy } = done(await people.declareConflict(item.state.id, command));
      return answered(c, given({ by, at, confirmedBy }));
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

import { type Context, Hono } from 'hono';
import type { Call } from '../../contract/call.ts';
import {
  conflictRequest,
  deadlineRequest,
  decisionRequest,
  outcomeOf,
  reviewRequestFor,
} from '../../contract/decision.ts';
import { given } from '../../contract/given.ts';
import type { Conditional } from '../../contract/messages.ts';
import type { Listed } from '../../store/list.ts';
import type { Person } from '../access.ts';
import { answerSized } from '../answer-sized.ts';
import { answerTagged } from '../answer-tagged.ts';
import { available } from '../available.ts';
import { idempotencyKeyOf } from '../idempotency-key.ts';
import { limitContent } from '../limit-content.ts';
import type { Only, WithPerson } from '../only.ts';
import { done, type OpenSubmission } from '../open-submission.ts';
import type { Commanded, People } from '../people.ts';
import type { PossibleConflicts } from '../possible-conflicts.ts';
import { underPreconditions } from '../preconditions.ts';
import { readCommand } from '../read-command.ts';
import { Refusal } from '../refusal.ts';
import type { SubmissionShown } from '../submission-shown.ts';
import { asReview, type View } from '../view.ts';

export type ReviewDependencies = {
  call: Call;
  only: Only;
  view: View;
  people: Pick<People, 'review' | 'declareConflict' | 'decide' | 'reschedule'>;
  openSubmission: OpenSubmission;
  possibleConflicts: PossibleConflicts;
  shown: SubmissionShown;
};

/** What people do with one submission: read it, review it, step back from it, decide on it, move its deadline. */
export function reviewSubmissionRoute(dependencies: ReviewDependencies) {
  const { call, only, view, people, openSubmission, possibleConflicts, shown } = dependencies;
  const reviewRequest = reviewRequestFor(call);

  /** Does it to what the person was shown, if they say so (contract H34). */
  function heedful<Value>(
    c: Context<WithPerson>,
    change: (condition: Conditional) => Promise<Commanded<Value>>,
  ): Promise<Value> {
    const { person } = c.var;
    const look = async () => shown(person, await openSubmission(c.req.param('id'), person));
    return underPreconditions(c, look, async (condition) => done(await change(condition)));
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
      const { content } = await shown(person, await openSubmission(c.req.param('id'), person));
      return answerTagged(c, content);
    })

    .put('/:id/review', only('reviewer'), limitContent, async (c) => {
      const { person } = c.var;
      const { abstains, ...said } = await readCommand(c, reviewRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const scores = said.scores && allOf(said.scores);
      const seesAll = view.seesAllReviews(person) || undefined;
      const command = given({ by: person.name, ...said, scores, isAbstention: abstains, seesAll });
      const key = idempotencyKeyOf(c);
      const review = await heedful(c, (condition) => people.review(state.id, { ...command, ...condition }, key));
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
      const { by, at, confirmedBy } = await heedful(c, (condition) =>
        people.declareConflict(item.state.id, { ...command, ...condition }),
      );
      return answered(c, given({ by, at, confirmedBy }));
    })

    .put('/:id/decision', only('organiser'), limitContent, async (c) => {
      const { person } = c.var;
      const { decision, reason, override, ...more } = await readCommand(c, decisionRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const said = { by: person.name, ...more, outcome: outcomeOf[decision], why: reason, isOverride: override };
      const [command, key] = [given(said), idempotencyKeyOf(c)];
      return answered(c, await heedful(c, (condition) => people.decide(state.id, { ...command, ...condition }, key)));
    })

    .put('/:id/deadline', only('organiser'), limitContent, async (c) => {
      const { person } = c.var;
      const { due, reason } = await readCommand(c, deadlineRequest);
      const { state } = await openSubmission(c.req.param('id'), person);
      const instant = new Date(due).toISOString();
      const command = given({ by: person.name, due: instant, why: reason });
      const key = idempotencyKeyOf(c);
      await heedful(c, (condition) => people.reschedule(state.id, { ...command, ...condition }, key));
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

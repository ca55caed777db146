import { setHandler } from '@temporalio/workflow';
import type { CallRules } from '../contract/call/rules.ts';
import { mayScore } from '../contract/committee/may-score.ts';
import { reviewScore } from '../contract/committee/scores.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { panelAtWork } from '../contract/record.ts';
import type { Panel, Review, SubmissionState } from '../contract/state.ts';
import {
  type ConflictCommand,
  conflictUpdate,
  type ReviewCommand,
  reviewUpdate,
} from '../contract/workflow/commands.ts';
import { assertNotTooMany, assertUnchanged, noted, refuse } from './commands.ts';
import type { OpenRecord } from './record.ts';

/** Lets people review while a panel is at work, and step back where they are not impartial. */
export function acceptReviews(record: OpenRecord, { criteria }: Pick<CallRules, 'criteria'>): void {
  setHandler(
    reviewUpdate,
    ({ seesAll: _, onlyIf: __, ...command }) => {
      const { stage } = openPanel(record.state);
      const score = command.scores && reviewScore(command.scores, criteria);
      const review: Review = omitUndefined({ ...command, stage, at: new Date().toISOString(), score });
      const others = (record.state.reviews ?? []).filter((one) => one.stage !== stage || one.by !== review.by);
      record.transition({
        reviews: [...others, review],
        commands: noted(record.state, { by: command.by, command: 'review', detail: stage }),
      });
      return review;
    },
    {
      description: 'One person reviews; again, it replaces the review',
      validator: (command) => {
        const { stage } = openPanel(record.state);
        assertNotTooMany(record.state);
        assertImpartial(record.state, command.by);
        assertScores(command, stage);
        if (!isSaid(record.state, stage, command)) assertUnchanged(record.state, command);
      },
    },
  );

  setHandler(
    conflictUpdate,
    ({ by, person = by, reason }) => {
      const { conflicts = [], reviews = [] } = record.state;
      const standing = conflicts.find((one) => one.by === person);
      if (standing) return standing;
      const confirmedBy = person === by ? undefined : by;
      const conflict = omitUndefined({ by: person, at: new Date().toISOString(), reason, confirmedBy });
      record.transition({
        conflicts: [...conflicts, conflict],
        // What was said before counts no more.
        reviews: reviews.filter((review) => review.by !== person),
        commands: noted(record.state, { by, command: 'conflict', reason, detail: confirmedBy && person }),
      });
      return conflict;
    },
    {
      description: 'One person declares a conflict of interest, or an organiser confirms that of another',
      validator: (command: ConflictCommand) => {
        const { by, person = by } = command;
        if (record.state.isOver) refuse('not-under-review', 'The submission is over');
        assertNotTooMany(record.state);
        if (person !== by) assertImpartial(record.state, by);
        if (!record.state.conflicts?.some((one) => one.by === person)) assertUnchanged(record.state, command);
      },
    },
  );

  function assertScores({ by, scores, seesAll }: ReviewCommand, stage: Panel['stage']): void {
    if (scores === undefined) return;
    const unknown = Object.keys(scores).find((id) => criteria.every((criterion) => criterion.id !== id));
    if (unknown !== undefined) refuse('unknown-criterion', `The submission's call has no criterion ${unknown}`);
    if (!mayScore(record.state, { by, stage, scores, seesAll }))
      refuse('reviews-read', 'Whoever could read the reviews of the others gives no score afterwards');
  }
}

/** The panel at work; without one, nobody reviews or decides. */
export function openPanel(state: SubmissionState): Panel {
  return panelAtWork(state) ?? refuse('not-under-review', 'No panel is at work on the submission now');
}

export function assertImpartial({ conflicts = [] }: SubmissionState, by: string): void {
  if (conflicts.some((conflict) => conflict.by === by))
    refuse('conflict-of-interest', 'Whoever has declared a conflict of interest takes no part');
}

/** Whether a person has said the same already: to say it again is no change. */
function isSaid({ reviews = [] }: SubmissionState, stage: Panel['stage'], command: ReviewCommand): boolean {
  const said = ({ scores, note, feedback, abstains }: Partial<Review>) =>
    JSON.stringify([Object.entries(scores ?? {}).sort(), note, feedback, abstains]);
  return reviews.some((own) => own.stage === stage && own.by === command.by && said(own) === said(command));
}

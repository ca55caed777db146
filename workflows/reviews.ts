import { setHandler } from '@temporalio/workflow';
import type { CallRules } from '../contract/call.ts';
import { given } from '../contract/given.ts';
import { type ConflictCommand, conflictUpdate, reviewUpdate } from '../contract/messages.ts';
import { panelAtWork } from '../contract/record.ts';
import { reviewScore } from '../contract/scores.ts';
import type { Panel, Review, SubmissionState } from '../contract/state.ts';
import { assertNotTooMany, noted, refuse } from './commands.ts';
import type { OpenRecord } from './record.ts';

/** Lets people review while a panel is at work, and step back where they are not impartial. */
export function acceptReviews(record: OpenRecord, { criteria }: Pick<CallRules, 'criteria'>): void {
  setHandler(
    reviewUpdate,
    (command) => {
      const { stage } = openPanel(record.state);
      const score = command.scores && reviewScore(command.scores, criteria);
      const review: Review = given({ ...command, stage, at: new Date().toISOString(), score });
      const others = (record.state.reviews ?? []).filter((one) => one.stage !== stage || one.by !== review.by);
      record.transition({
        reviews: [...others, review],
        commands: noted(record.state, { by: command.by, what: 'review', detail: stage }),
      });
      return review;
    },
    {
      description: 'One person reviews; again, it replaces the review',
      validator: ({ by, scores = {} }) => {
        openPanel(record.state);
        assertNotTooMany(record.state);
        assertImpartial(record.state, by);
        const unknown = Object.keys(scores).find((id) => criteria.every((criterion) => criterion.id !== id));
        if (unknown !== undefined) refuse('unknown-criterion', `The submission's call has no criterion ${unknown}`);
      },
    },
  );

  setHandler(
    conflictUpdate,
    ({ by, why }) => {
      const { conflicts = [], reviews = [] } = record.state;
      const standing = conflicts.find((one) => one.by === by);
      if (standing) return standing;
      const conflict = { by, at: new Date().toISOString(), ...(why === undefined ? {} : { why }) };
      record.transition({
        conflicts: [...conflicts, conflict],
        // What was said before counts no more.
        reviews: reviews.filter((review) => review.by !== by),
        commands: noted(record.state, { by, what: 'conflict', why }),
      });
      return conflict;
    },
    {
      description: 'One person declares a conflict of interest',
      validator: (_: ConflictCommand) => {
        if (record.state.isOver) refuse('not-under-review', 'The submission is over');
        assertNotTooMany(record.state);
      },
    },
  );
}

/** The panel at work; without one, nobody reviews or decides. */
export function openPanel(state: SubmissionState): Panel {
  return panelAtWork(state) ?? refuse('not-under-review', 'No panel is at work on the submission now');
}

export function assertImpartial({ conflicts = [] }: SubmissionState, by: string): void {
  if (conflicts.some((conflict) => conflict.by === by))
    refuse('conflict-of-interest', 'Whoever has declared a conflict of interest takes no part');
}

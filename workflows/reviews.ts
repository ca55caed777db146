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
import { assertNotTooMany, assertUnchanged, refuse, withCommand } from './commands.ts';
import type { OpenRecord } from './record.ts';

/** Lets the committee review while a panel is open, and declare conflicts of interest. */
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
        commands: withCommand(record.state, { by: command.by, command: 'review', detail: stage }),
      });
      return review;
    },
    {
      description: "Adds or replaces a reviewer's review",
      validator: (command) => {
        const { stage } = openPanel(record.state);
        assertNotTooMany(record.state);
        assertImpartial(record.state, command.by);
        assertScores(command, stage);
        if (!isRepetition(record.state, stage, command)) assertUnchanged(record.state, command);
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
        // Their reviews no longer count.
        reviews: reviews.filter((review) => review.by !== person),
        commands: withCommand(record.state, { by, command: 'conflict', reason, detail: confirmedBy && person }),
      });
      return conflict;
    },
    {
      description: 'Declares a conflict of interest, or confirms that of another person',
      validator: (command: ConflictCommand) => {
        const { by, person = by } = command;
        if (record.state.isOver) refuse('not-under-review', 'The submission has ended');
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
      refuse('reviews-read', 'Scores are not accepted after the reviews of others could be read');
  }
}

/** Refuses the command without an open panel. */
export function openPanel(state: SubmissionState): Panel {
  return panelAtWork(state) ?? refuse('not-under-review', 'No panel is open on the submission');
}

export function assertImpartial({ conflicts = [] }: SubmissionState, by: string): void {
  if (conflicts.some((conflict) => conflict.by === by))
    refuse('conflict-of-interest', 'A conflict of interest has been declared');
}

function isRepetition({ reviews = [] }: SubmissionState, stage: Panel['stage'], command: ReviewCommand): boolean {
  const content = ({ scores, note, feedback, abstains }: Partial<Review>) =>
    JSON.stringify([Object.entries(scores ?? {}).sort(), note, feedback, abstains]);
  return reviews.some((own) => own.stage === stage && own.by === command.by && content(own) === content(command));
}

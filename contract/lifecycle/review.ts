import type { CallRules } from '../call/rules.ts';
import { mayScore } from '../committee/may-score.ts';
import { reviewScore } from '../committee/scores.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { panelAtWork } from '../record.ts';
import type { Stage } from '../stages.ts';
import type { Review, SubmissionState } from '../state.ts';
import type { ReviewCommand, Reviewed } from '../workflow/commands.ts';
import { digestOfTexts } from './carried.ts';
import { withCommand } from './change.ts';
import { assertImpartial, assertNotTooMany, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** Adds or replaces a person's review of the panel at work. */
export const review: CommandRule<ReviewCommand, Reviewed> = {
  description: "Adds or replaces a reviewer's review",

  check({ state, rules }, command) {
    const stage = stageUnderReview(state);
    assertImpartial(state, command.by);
    if (repeated(state, stage, command)) return;
    assertNotTooMany(state, command.by);
    assertScores(state, rules, command, stage);
    assertUnchanged(state, command);
  },

  apply({ state, rules: { criteria }, now }, command) {
    const { seesAll: _, onlyIf: __, ...given } = command;
    const stage = stageUnderReview(state);
    const { by } = given;
    const standing = repeated(state, stage, command);
    if (standing) return { result: reviewed(standing) };
    const score = given.scores && reviewScore(given.scores, criteria);
    const added: Review = omitUndefined({ ...given, stage, at: now, score, edition: state.edition });
    const isOwn = (one: { stage: Stage; by: string }) => one.stage === stage && one.by === by;
    const { reviews = [], reviewers = [] } = state;
    const change = {
      reviews: [...reviews.filter((one) => !isOwn(one)), added],
      reviewers: reviewers.some(isOwn) ? reviewers : [...reviewers, { stage, by }],
      ...withCommand(state, { by, command: 'review', detail: stage }, now),
    };
    return { change, result: reviewed(added) };
  },
};

function reviewed({ stage, at, score, edition }: Review): Reviewed {
  return omitUndefined({ stage, at, score, edition });
}

/** @throws Refusal without an open panel */
function stageUnderReview(state: SubmissionState): Stage {
  return panelAtWork(state)?.stage ?? refuse('not-under-review', 'No panel is open on the submission');
}

function assertScores(
  state: SubmissionState,
  { criteria }: CallRules,
  { by, scores, seesAll }: ReviewCommand,
  stage: Stage,
): void {
  if (scores === undefined) return;
  const unknown = Object.keys(scores).find((id) => criteria.every((criterion) => criterion.id !== id));
  if (unknown !== undefined) refuse('unknown-criterion', `The submission's call has no criterion ${unknown}`);
  if (!mayScore(state, { by, stage, scores, seesAll }))
    refuse('reviews-read', 'Scores are not accepted after the reviews of others could be read');
}

/** Returns the review that the command repeats. The same about a later text is another one: it holds for that, too. */
function repeated(
  { reviews = [], edition }: SubmissionState,
  stage: Stage,
  command: ReviewCommand,
): Review | undefined {
  const content = ({ scores, abstains, textsOnRecord, ...texts }: Omit<Review, 'stage' | 'at' | 'by'>) =>
    JSON.stringify([Object.entries(scores ?? {}).sort(), abstains, textsOnRecord ?? digestOfTexts(texts)]);
  return reviews.find(
    (own) =>
      own.stage === stage && own.by === command.by && own.edition === edition && content(own) === content(command),
  );
}

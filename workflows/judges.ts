import { proxyActivities } from '@temporalio/workflow';
import type * as activities from '../activities/index.ts';
import type { CallRules } from '../contract/call.ts';
import type { Stage } from '../contract/stages.ts';
import type { StageVerdict, Verdict } from '../contract/state.ts';
import type { Proposal } from '../contract/submission.ts';

type Case = { proposal: Proposal; rules: CallRules; verdicts: readonly StageVerdict[] };

/** Who reaches the verdict of each stage: one activity a stage, named in the Web UI by its summary. */
export const judges = {
  moderation: ({ proposal, rules }) =>
    activity('Moderation: length, links, profanity, language').moderate(proposal, rules.stages.moderation),
  shortlisting: ({ proposal, rules }) =>
    activity("Shortlisting: rating on the call's criteria").shortlist(
      proposal,
      rules.criteria,
      rules.stages.shortlisting,
    ),
  selection: ({ rules, verdicts }) =>
    activity("Selection: score against the call's bar").select(scoreIn(verdicts), rules.stages.selection),
} satisfies Record<Stage, (submission: Case) => Promise<Verdict>>;

function activity(summary: string) {
  return proxyActivities<typeof activities>({
    summary,
    // Each takes milliseconds. After this time its worker is taken for dead, and the next attempt begins.
    startToCloseTimeout: '10 seconds',
    // What was withdrawn reads so at once, and its workflow ends with the activity. If it ended in the task of the
    // withdrawal, and the verdict came in between, the server would throw away both.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    // About 8 minutes in all: longer than a deployment, shorter than a speaker's patience. No limit on the time in the
    // queue, so that a submission outlives any time without workers.
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 11 },
  });
}

function scoreIn(verdicts: readonly StageVerdict[]): number {
  const score = verdicts.find(({ stage }) => stage === 'shortlisting')?.score;
  if (score === undefined) throw new Error('Selection needs the score of the shortlisting');
  return score;
}

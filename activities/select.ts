import type { Criterion, StageRules } from '../contract/call.ts';
import { proposalOf } from '../contract/proposal.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Verdict } from '../contract/state.ts';
import { rated } from './shortlist.ts';

/** Takes what reaches the call's bar. The score is the shortlisting's, from 1 to 5. */
export async function select(score: number, { bar }: Pick<StageRules['selection'], 'bar'>): Promise<Verdict> {
  return score >= bar
    ? {
        outcome: 'passed',
        score,
        reasons: [{ code: 'reaches-bar', detail: `The score of ${score} reaches the bar of ${bar}.` }],
      }
    : {
        outcome: 'rejected',
        score,
        reasons: [{ code: 'below-bar', detail: `The score of ${score} is below the bar of ${bar}.` }],
      };
}

/** Of the shortlisting; where people have let it through without a review, what its text is rated. */
export async function scoreOf(
  { submission, state }: SubmissionRecord,
  criteria: readonly Criterion[],
): Promise<number> {
  const score = state.verdicts.find(({ stage }) => stage === 'shortlisting')?.score;
  return score ?? rated(proposalOf(submission), criteria).score;
}

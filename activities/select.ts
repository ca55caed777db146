import type { StageRules } from '../contract/call.ts';
import type { SubmissionState, Verdict } from '../contract/state.ts';

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

/** Of the shortlisting. */
export function scoreOf({ verdicts }: Pick<SubmissionState, 'verdicts'>): number {
  const score = verdicts.find(({ stage }) => stage === 'shortlisting')?.score;
  if (score === undefined) throw new Error('Selection needs the score of the shortlisting');
  return score;
}

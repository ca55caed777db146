import type { Criterion } from '../contract/call/criteria.ts';
import type { StageRules } from '../contract/call/rules.ts';
import type { Verdict } from '../contract/state.ts';
import type { Proposal } from '../contract/submission.ts';
import { rated } from './shortlist.ts';

/** The panel's score, or that of the shortlisting; without one, because an organiser decided without reviews, the text's. */
export async function select(
  proposal: Proposal,
  scores: { panelScore?: number; automaticScore?: number },
  criteria: readonly Criterion[],
  { bar }: Pick<StageRules['selection'], 'bar'>,
): Promise<Verdict> {
  const { panelScore, automaticScore = rated(proposal, criteria).score } = scores;
  const [whose, number] = panelScore === undefined ? ['automatic', automaticScore] : ['panel', panelScore];
  const isTaken = number >= bar;
  const detail = `The ${whose} score of ${number} ${isTaken ? 'reaches' : 'is below'} the bar of ${bar}.`;
  return {
    outcome: isTaken ? 'passed' : 'rejected',
    ...(panelScore === undefined ? { automaticScore } : { panelScore }),
    reasons: [{ code: isTaken ? 'reaches-bar' : 'below-bar', detail }],
  };
}

import type { Criterion } from '../contract/call/criteria.ts';
import type { StageRules } from '../contract/call/rules.ts';
import { proposalOf } from '../contract/proposal.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Verdict } from '../contract/state.ts';
import { rated } from './shortlist.ts';

type Score = { panelScore: number } | { automaticScore: number };

export async function select(score: Score, { bar }: Pick<StageRules['selection'], 'bar'>): Promise<Verdict> {
  const [whose, number] = 'panelScore' in score ? ['panel', score.panelScore] : ['automatic', score.automaticScore];
  const isTaken = number >= bar;
  const detail = `The ${whose} score of ${number} ${isTaken ? 'reaches' : 'is below'} the bar of ${bar}.`;
  return {
    outcome: isTaken ? 'passed' : 'rejected',
    ...score,
    reasons: [{ code: isTaken ? 'reaches-bar' : 'below-bar', detail }],
  };
}

/** The shortlisting's score; without one, because an organiser decided without reviews, that of the text. */
export async function scoreOf({ submission, state }: SubmissionRecord, criteria: readonly Criterion[]): Promise<Score> {
  const { panelScore, automaticScore } = state.verdicts.find(({ stage }) => stage === 'shortlisting') ?? {};
  if (panelScore !== undefined) return { panelScore };
  return { automaticScore: automaticScore ?? rated(proposalOf(submission), criteria).score };
}

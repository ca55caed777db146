import type { SubmissionState } from '../contract/state.ts';

/** Markdown for the Web UI: where the submission is, and what was found so far. No personal data. */
export function currentDetails({ stage, verdicts, conclusion }: SubmissionState): string {
  const rows = verdicts.map(
    (verdict) =>
      `| ${verdict.stage} | ${verdict.outcome} | ${verdict.score ?? ''} | ${verdict.reasons.map(({ code }) => code).join(', ')} |`,
  );
  return [
    `**${conclusion?.kind ?? 'in progress'}**, stage: ${stage}`,
    '',
    '| stage | verdict | score | reasons |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

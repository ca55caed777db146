import type { StageVerdict, SubmissionState } from '../contract/state.ts';

/** Markdown for the Web UI: where the submission is, and what was found so far. No personal data. */
export function currentDetails({ stage, verdicts, conclusion }: SubmissionState): string {
  return [`**${conclusion?.kind ?? 'in progress'}**, stage: ${stage}`, '', ...verdicts.map(line)].join('\n');
}

function line({ stage, outcome, score, reasons }: StageVerdict): string {
  const codes = reasons.map(({ code }) => code).join(', ');
  return `- ${stage}: ${outcome}${score === undefined ? '' : `, score ${score}`} (${codes})`;
}

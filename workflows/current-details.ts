import type { StageVerdict, SubmissionState } from '../contract/state.ts';

/** Markdown for the Web UI, which is not encrypted: no personal data. */
export function currentDetails({ stage, verdicts, conclusion }: SubmissionState): string {
  return [`**${conclusion?.kind ?? 'in progress'}**, stage: ${stage}`, '', ...verdicts.map(line)].join('\n');
}

function line({ stage, outcome, automaticScore, panelScore, reasons }: StageVerdict): string {
  const codes = reasons.map(({ code }) => code).join(', ');
  const scores = [
    panelScore === undefined ? '' : `, panel score ${panelScore}`,
    automaticScore === undefined ? '' : `, automatic score ${automaticScore}`,
  ];
  return `- ${stage}: ${outcome}${scores.join('')} (${codes})`;
}

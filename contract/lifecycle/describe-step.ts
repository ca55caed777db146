import { marksOf } from '../marks.ts';
import { conclusionOf, stageOf } from '../record.ts';
import { runbookLink } from '../runbook-link.ts';
import type { StageVerdict, SubmissionState } from '../state.ts';
import { dueOf } from './due-of.ts';
import type { Step, Waiting } from './next-step.ts';

/** What it waits for, and who may act meanwhile: for operators and organisers. The speaker may always withdraw before the end. */
const waits = {
  'time-to-withdraw': { for: 'the time to withdraw to be over', who: 'the speaker' },
  reviews: { for: 'reviews and a decision', who: 'reviewers and organisers' },
  referral: { for: "an organiser's judgement of what was found", who: 'organisers' },
  recheck: { for: "an organiser's judgement of what was found in the edited text", who: 'organisers' },
  organisers: { for: 'the organisers', who: 'organisers' },
  announcement: { for: 'the announcement', who: 'organisers' },
  slot: { for: 'a slot to come free', who: 'the speaker' },
  attendance: { for: "the speaker's answer", who: 'the speaker' },
  delivery: { for: 'the acceptance to be delivered', who: 'organisers' },
  'time-to-cancel': { for: 'the last time to cancel', who: 'the speaker and organisers' },
} as const satisfies Record<Waiting['wait'], { for: string; who: string }>;

/** @param due the deadline, which may be later than the next reminder, or have passed */
export function describeStep(step: Step, due?: string): string {
  if ('end' in step) return 'nothing is awaited any more';
  if ('do' in step) return `does: ${step.do}`;
  const { for: what, who } = waits[step.wait];
  return `waits for ${what}${due === undefined ? '' : `, due ${due}`}; ${who} may act`;
}

/** Markdown for the Web UI, which is not encrypted: no personal data. */
export function currentDetails(state: SubmissionState, step: Step, runbook?: string): string {
  const head = `**${conclusionOf(state)?.kind ?? 'in progress'}**, stage: ${stageOf(state)}`;
  const marks = marksOf(state);
  const paragraphs = [
    head,
    describeStep(step, dueOf(state, step)),
    ...(marks.length > 0 ? [`flags: ${marks.join(', ')}`] : []),
    ...(state.verdicts.length > 0 ? [state.verdicts.map(line).join('\n')] : []),
    `what to do: ${runbookLink(runbook)}`,
  ];
  return paragraphs.join('\n\n');
}

function line({ stage, outcome, automaticScore, panelScore, reasons }: StageVerdict): string {
  const codes = reasons.map(({ code }) => code).join(', ');
  const scores = [
    panelScore === undefined ? '' : `, panel score ${panelScore}`,
    automaticScore === undefined ? '' : `, automatic score ${automaticScore}`,
  ];
  return `- ${stage}: ${outcome}${scores.join('')} (${codes})`;
}

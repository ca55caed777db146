import type { ListedSubmission, Review, SubmissionView, Verdict } from '../documents.ts';
import type { Column } from './table.ts';

export const submissionColumns: readonly Column<ListedSubmission>[] = [
  { head: 'ID', of: ({ id }) => id },
  { head: 'STAGE', of: ({ stage }) => stage },
  { head: 'RESULT', of: resultOf },
  { head: 'REVIEWS', of: ({ panel }) => panel?.reviews, isExtra: true },
  { head: 'MEAN', of: ({ panel }) => panel?.mean?.toFixed(1), isExtra: true },
  { head: 'TRACK', of: ({ submission }) => submission.track, isExtra: true },
  { head: 'TITLE', of: ({ submission }) => submission.title },
];

/** The announced outcome or, before the announcement, the verdict of the current stage. */
function resultOf({ stage, outcome, attendance, verdicts = [] }: ListedSubmission): string {
  const decided = verdicts.findLast((verdict) => verdict.stage === stage)?.outcome;
  return [outcome ?? decided, attendance].filter(Boolean).join(', ');
}

export function describeSubmission(view: SubmissionView): string {
  const {
    id,
    code,
    stage,
    createdAt,
    awaits,
    isStuck,
    referral,
    submission,
    panel,
    flags = [],
    possibleConflicts = [],
    verdicts = [],
    reviews,
  } = view;
  const {
    title,
    description,
    track,
    format,
    level,
    language,
    speaker,
    coSpeakers = [],
    links = [],
    notes,
  } = submission;
  const facts: [string, string | undefined][] = [
    ['id', id],
    ['code', code],
    ['submitted', createdAt],
    ['stage', stage],
    ['result', resultOf(view)],
    ['awaits', listed([awaits, isStuck && 'the service gave up', referral && `due ${referral.due}`])],
    ['talk', listed([track, format, level, language])],
    ['speaker', speaker && listed([named(speaker), speaker.country])],
    ['co-speakers', listed(coSpeakers.map(named))],
    ['links', listed(links)],
    ['flags', listed(flags.map(({ flag, other }) => (other === undefined ? flag : `${flag} (${other})`)))],
    ['conflicts', listed(possibleConflicts.map(({ person, kind }) => `${person} (${kind}?)`))],
    [
      'panel',
      panel &&
        listed([`reviews: ${panel.reviews}`, panel.mean && `mean ${panel.mean}`, panel.due && `due ${panel.due}`]),
    ],
  ];
  return [
    title,
    '',
    ...facts.flatMap(([name, fact]) => (fact ? [`${name.padEnd(12)} ${fact}`] : [])),
    ...section('', [description]),
    ...section('Speaker', [speaker?.bio]),
    ...section('Notes', [notes]),
    ...section('To decide on', referral?.findings.map(describeFinding) ?? []),
    ...section('Verdicts', verdicts.map(describeVerdict)),
    ...section('Reviews', reviews.map(describeReview)),
  ].join('\n');
}

function describeVerdict({
  stage,
  outcome,
  number,
  by,
  reason,
  automaticScore,
  panelScore,
  findings = [],
}: Verdict): string {
  const score = panelScore ?? automaticScore;
  const facts = [`number ${number}`, score && `score ${score}`, by ? `by ${by}` : 'by the policy', reason];
  return [
    `${stage}: ${outcome} (${listed(facts)})`,
    ...findings.map((finding) => `  ${describeFinding(finding)}`),
  ].join('\n');
}

function describeFinding({ check, detail }: { check: string; detail: string }): string {
  return `${check}: ${detail}`;
}

function describeReview({ stage, by, score, scores = {}, abstains, note, feedback }: Review): string {
  const each = Object.entries(scores).map(([criterion, one]) => `${criterion} ${one}`);
  const facts = abstains ? 'abstains' : `${score ?? '?'} (${each.join(', ')})`;
  return [
    `${by} in ${stage}: ${facts}`,
    ...(note === undefined ? [] : [`  note: ${note}`]),
    ...(feedback === undefined ? [] : [`  feedback: ${feedback}`]),
  ].join('\n');
}

function section(title: string, texts: readonly (string | undefined)[]): string[] {
  const given = texts.filter((text) => text !== undefined && text !== '');
  return given.length > 0 ? ['', ...(title === '' ? [] : [title]), ...given.map(String)] : [];
}

const named = ({ name = '', email }: { name?: string | undefined; email?: string | undefined }) =>
  email === undefined ? name : `${name} <${email}>`;

const listed = (texts: readonly (string | number | undefined)[]) => texts.filter(Boolean).join(', ');

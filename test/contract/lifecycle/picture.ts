/** The picture of a submission's life in the README: what was seen on walks, so that it is true. */
import fc from 'fast-check';
import { describeStep } from '../../../contract/lifecycle/describe-step.ts';
import type { Waiting } from '../../../contract/lifecycle/next-step.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { someWalk } from './random-walks.ts';
import { walk } from './walk.ts';

export const pageWithPicture = new URL('../../../README.md', import.meta.url);

const numRuns = 2_000;

/** The states of the picture. Those in which nothing is announced stand in a frame: what each of them has in common is drawn once. */
const names = {
  begun: 'in a stage',
  panel: 'a panel reviews',
  referral: 'a finding is referred',
  stuck: 'the service gave up',
  decided: 'decided',
  waits: 'on the waiting list',
  asked: 'accepted, asked to confirm',
  confirmed: 'confirmed',
  accepted: 'accepted',
  declined: 'declined',
  lapsed: 'lapsed',
  rejected: 'rejected',
  waitlisted: 'no slot came free',
  withdrawn: 'withdrawn',
  failed: 'failed',
} as const;
type Name = keyof typeof names | 'received';

const framed = ['begun', 'panel', 'referral', 'stuck', 'decided', 'waits'] as const satisfies Name[];

const words: Record<string, string> = {
  enter: 'taken up',
  'open-panel': 'a panel is opened',
  judge: 'the service judges',
  decide: 'organisers decide',
  setProcessing: 'organisers restart or end it',
  'pass-referral': 'nobody objects in time',
  edit: 'the speaker edits',
  'reject-undecided': 'rejected',
  tell: 'told',
  'tell-waitlisted': 'told',
  fail: 'given up',
  answer: 'the speaker answers',
  lapse: 'no answer in time',
  withdraw: 'the speaker withdraws',
  prove: 'the address was not theirs',
};

/** What a run learns after a reset is no step of its own. */
const faults = ['the record is ahead', 'an operator resets'];

type Edge = { from: Name; to: Name; label: string };

export function withPicture(page: string): string {
  return page.replace(
    /(<!-- picture of a submission's life: npm run picture -->\n)[\s\S]*?(\n<!-- end -->)/,
    (_, begin: string, end: string) => `${begin}\n\`\`\`mermaid\n${picture()}\n\`\`\`\n${end}`,
  );
}

function picture(): string {
  const { edges, waits } = seen();
  const common = framed.map((from) => new Set(edges.filter((edge) => edge.from === from).map(target)));
  const isCommon = (edge: Edge) => common.every((targets) => targets.has(target(edge)));
  const own = edges.filter((edge) => !isIn(framed, edge.from) || !isCommon(edge));
  const shared = edges.filter((edge) => edge.from === framed[0] && isCommon(edge));
  const inside = own.filter(({ from, to }) => isIn(framed, from) && isIn(framed, to));
  const state = (name: Name) =>
    name === 'received' ? '' : `state "${[names[name], ...(waits.get(name) ?? [])].join('<br>')}" as ${name}`;
  return [
    'stateDiagram-v2',
    '  state "nothing is final yet" as open {',
    ...framed.map((name) => `    ${state(name)}`),
    ...lines(inside).map((line) => `    ${line}`),
    '  }',
    ...Object.keys(names)
      .filter(isName)
      .filter((name) => !isIn(framed, name))
      .map((name) => `  ${state(name)}`),
    '  [*] --> received',
    ...lines(own.filter((edge) => !inside.includes(edge))).map((line) => `  ${line}`),
    ...lines(shared).map((line) => `  ${line.replace(framed[0], 'open')}`),
  ].join('\n');
}

function target({ to, label }: Edge): string {
  return `${to}: ${label}`;
}

/** One arrow for each two states, with all that leads from one to the other. */
function lines(edges: readonly Edge[]): string[] {
  const arrows = new Map<string, string[]>();
  for (const { from, to, label } of edges) {
    const arrow = `${from} --> ${to}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), label]);
  }
  return [...arrows].map(([arrow, labels]) => `${arrow}: ${[...new Set(labels)].sort().join(', ')}`).sort();
}

function seen(): { edges: Edge[]; waits: Map<Name, string[]> } {
  const edges = new Map<string, Edge & { isOfClosed: boolean }>();
  const waits = new Map<Name, Set<Waiting['wait']>>();
  for (const input of fc.sample(someWalk, { numRuns, seed: 1 })) {
    const { moments, pauses } = ended(input);
    for (const { state, step } of pauses)
      waits.set(nameOf(state), (waits.get(nameOf(state)) ?? new Set()).add(step.wait));
    moments.forEach(({ state, by }, at) => {
      const before = moments[at - 1]?.state;
      if (before === undefined || faults.includes(by) || nameOf(before) === nameOf(state)) return;
      const edge = { from: nameOf(before), to: nameOf(state), label: labelOf(by, state) };
      const key = JSON.stringify(edge);
      const isOfClosed = state.closing !== undefined && (edges.get(key)?.isOfClosed ?? true);
      edges.set(key, { ...edge, isOfClosed });
    });
  }
  return {
    edges: [...edges.values()].map(({ isOfClosed, label, ...edge }) => ({
      ...edge,
      label: isOfClosed ? `${label} when the call is closed` : label,
    })),
    waits: new Map(
      [...waits].map(([name, all]) => [name, [...all].sort().map((wait) => describeStep({ wait }).replace(/;.*/, ''))]),
    ),
  };
}

function ended(input: Parameters<typeof walk>[0]) {
  const one = walk(input);
  one.end();
  return one;
}

function nameOf({ course }: SubmissionState): Name {
  switch (course.at) {
    case 'stage':
      return course.work.kind;
    case 'decided':
      return course.announced === 'on-waiting-list' ? 'waits' : 'decided';
    case 'accepted': {
      const answer = course.attendance?.answer;
      if (answer === undefined || answer === 'canceled') return 'accepted';
      return answer === 'awaited' ? 'asked' : answer;
    }
    default:
      return course.at;
  }
}

function isIn(list: readonly Name[], name: Name): boolean {
  return list.includes(name);
}

function isName(name: string): name is keyof typeof names {
  return name in names;
}

/** @throws Error if something new leads on, for which there is no word */
function labelOf(by: string, { original, course }: SubmissionState): string {
  if (by === 'enter' && original !== undefined) return 'reopened';
  if (course.at === 'failed' && course.error === 'processing-stopped') return 'an operator ends it';
  const word = words[by];
  if (word === undefined) throw new Error(`the picture has no word for ${by}`);
  return word;
}

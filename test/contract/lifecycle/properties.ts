/** What holds on every walk. */
import { isDate, isWithheld } from '../../../contract/call/announcing.ts';
import { carriedOf } from '../../../contract/lifecycle/carried.ts';
import type { Meeting } from '../../../contract/lifecycle/command.ts';
import { nextStep, type Waiting } from '../../../contract/lifecycle/next-step.ts';
import { Refusal } from '../../../contract/lifecycle/refusal.ts';
import type { Release } from '../../../contract/mail/releases.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import {
  attendanceOf,
  conclusionOf,
  currentVerdict,
  decisionOf,
  isOnWaitlist,
  isOver,
} from '../../../contract/record.ts';
import { publicStages } from '../../../contract/stages.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { anId } from '../../support/fixtures.ts';
import { Broken, type Property } from './broken.ts';
import { givenBy, type SomeCommand } from './commands.ts';
import type { Moment, Walk } from './walk.ts';

/** Checks what a walk has left behind, then lets it come to its end. */
export function check(walk: Walk): void {
  for (const { step, state, now } of walk.pauses) {
    if (step.until !== undefined && step.until <= now)
      fail('an end is reached, or somebody named is waited for', `${step.wait} until ${step.until}, at ${now}`);
    somebodyMayAct(step, { state, now, rules: walk.rules });
  }
  for (const { command, changes } of walk.repetitions) if (changes) fail('a repeated command changes nothing', command);
  for (const at of [walk.pauses.length >> 1, walk.pauses.length - 1]) {
    const { state, now } = walk.pauses[at] ?? {};
    if (state && now) goesOn({ state, now, rules: walk.rules });
  }
  walk.end();
  if (!isOver(walk.state)) fail('an end is reached, or somebody named is waited for', 'it ends, and is not over');
  if (walk.register.told !== conclusionOf(walk.state)?.kind)
    fail('what was told stands, and the public status never goes back', 'the end is not on record');
  walk.moments.forEach((moment, at) => {
    const before = walk.moments[at - 1];
    if (before === undefined) return;
    toldStands(before, moment);
    editsAreHidden(before, moment);
    recheckIsWaitedFor(before, moment);
    announcedBefore(before, moment, walk);
    releasesAreToldOnce(before, moment);
  });
  slotsAreFreedOnce(walk);
}

function fail(property: Property, detail: string): never {
  throw new Broken(property, detail);
}

/** Who is waited for. Where an instant is, nobody needs to act. */
const acts: Record<Waiting['wait'], SomeCommand | 'time'> = {
  'time-to-withdraw': { command: 'withdraw' },
  reviews: { command: 'decide', by: 'Zoe', stage: 'current', outcome: 'passed', override: true },
  referral: { command: 'decide', by: 'Zoe', stage: 'current', outcome: 'passed' },
  recheck: { command: 'decide', by: 'Zoe', stage: 'current', outcome: 'passed', replaces: 'standing', override: true },
  organisers: {
    command: 'decide',
    by: 'Zoe',
    stage: 'current',
    outcome: 'passed',
    replaces: 'standing',
    override: true,
  },
  announcement: { command: 'announce', by: 'Zoe' },
  slot: { command: 'promote', freedBy: anId(7) },
  attendance: { command: 'answer', answer: 'confirmed' },
  delivery: { command: 'settleLetter', as: 'abandoned' },
  'time-to-cancel': 'time',
};

function somebodyMayAct({ wait, until }: Waiting, meeting: Meeting): void {
  const act = acts[wait];
  if (act === 'time') {
    if (until === undefined) fail('an end is reached, or somebody named is waited for', `${wait} for ever`);
    return;
  }
  const refusal = refusalOf(act, meeting);
  const changes = refusal === undefined && givenBy(act, meeting).apply(meeting).change !== undefined;
  if (!changes)
    fail('an end is reached, or somebody named is waited for', `${wait}, but ${act.command} is refused: ${refusal}`);
}

function refusalOf(command: SomeCommand, meeting: Meeting): string | undefined {
  try {
    givenBy(command, meeting).check(meeting);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message} ${JSON.stringify(error.details)}`;
    throw error;
  }
}

const probes: SomeCommand[] = [
  ...['Olga', 'Zoe'].flatMap((by): SomeCommand[] => [
    { command: 'decide', by, stage: 'current', outcome: 'passed', replaces: 'standing' },
    { command: 'decide', by, stage: 'current', outcome: 'waitlisted', onlyIf: 'earlier' },
    { command: 'reschedule', by, after: 1 },
    { command: 'declareConflict', by, person: 'Rita' },
  ]),
  ...['Rita', 'Rolf'].flatMap((by): SomeCommand[] => [
    { command: 'review', by, scores: { substance: 2 } },
    { command: 'review', by, scores: { substance: 5 }, seesAll: true },
  ]),
  { command: 'announce', by: 'Olga' },
  { command: 'withdraw' },
  { command: 'answer', answer: 'confirmed' },
  { command: 'edit', field: 'title', found: 'passed', onlyIf: 'current' },
  { command: 'edit', field: 'track', found: 'refers-until-passed' },
];

function goesOn({ state, rules, now }: Meeting): void {
  const carried = carriedOf(state);
  const seen = (state: SubmissionState) =>
    JSON.stringify([
      publicStatus(state),
      nextStep(state, rules, now),
      ...probes.map((probe) => refusalOf(probe, { state, rules, now })),
    ]);
  const [one, other] = [seen(state), seen(carried)];
  if (one !== other) fail('a new run goes on where the last one was', `${one} and ${other}`);
}

const statuses = { NotStarted: 0, Running: 1, Succeeded: 2, Failed: 2, Canceled: 2 } as const;
const followers: Record<string, readonly (string | undefined)[]> = {
  awaited: ['confirmed', 'declined', 'lapsed'],
  confirmed: ['canceled'],
};

function toldStands({ document: one }: Moment, { document: other, by, told, state }: Moment): void {
  const back = (what: string) =>
    fail('what was told stands, and the public status never goes back', `${what} by ${by}`);
  if (one.id !== other.id || one.createdAt !== other.createdAt || one.progress.total !== other.progress.total)
    back('id');
  if (one.lastUpdatedAt > other.lastUpdatedAt) back('lastUpdatedAt');
  if (publicStages.indexOf(one.stage) > publicStages.indexOf(other.stage)) back('stage');
  if (one.progress.completed > other.progress.completed) back('progress');
  if (statuses[one.status] > statuses[other.status]) back('status');
  const isFinal = statuses[one.status] === 2;
  const [was, is] = [one.result, other.result];
  if (isFinal && (one.status !== other.status || one.error?.code !== other.error?.code)) back('final status');
  if (isFinal && was?.outcome !== is?.outcome) back('outcome');
  const isTakenBack = is?.outcome === 'rejected' || (is === undefined && other.status === 'Running');
  if (was?.outcome === 'waitlisted' && isTakenBack) back('waiting list');
  const answered = was?.attendance;
  if (isFinal && answered !== is?.attendance && !followers[answered ?? '']?.includes(is?.attendance))
    back('attendance');
  const kind = conclusionOf(state)?.kind;
  if (kind !== undefined && kind !== 'withdrawn' && kind !== told) back(`told before it is on record: ${kind}`);
}

function editsAreHidden({ document: one }: Moment, { document: other, by }: Moment): void {
  if (by === 'edit' && JSON.stringify(one) !== JSON.stringify(other))
    fail('an edit shows nowhere, and is judged before it counts', JSON.stringify([one, other]));
}

/** What people are to judge in an edited text is neither judged nor told by the service before. */
function recheckIsWaitedFor({ state: before }: Moment, { by }: Moment): void {
  const { recheck, closing, course } = before;
  const isAnnounced = course.at === 'decided' && course.announced === 'yes';
  if (recheck === undefined || closing || isAnnounced || currentVerdict(before)?.by !== undefined) return;
  if (['judge', 'tell', 'tell-waitlisted'].includes(by))
    fail('an edit shows nowhere, and is judged before it counts', `${by} before people have judged the text`);
}

/** Whoever announces: the organisers, the call's date, or its closing; a call that hides nothing announces at once. */
function announcedBefore({ state: before }: Moment, { state: after, by, now }: Moment, { moments, rules }: Walk): void {
  const isTold = (state: SubmissionState) => isOnWaitlist(state) || conclusionOf(state) !== undefined;
  const kind = conclusionOf(after)?.kind;
  if (isTold(before) || !isTold(after) || kind === 'withdrawn' || kind === 'failed') return;
  const { announcement } = rules;
  const isDue = !isWithheld(rules) || (isDate(announcement) && announcement <= now);
  const isAnnounced = after.closing !== undefined || moments.some((moment) => moment.by === 'announce');
  if (!isAnnounced && (after.original !== undefined || !isDue))
    fail('nothing public depends on what is not announced', `${by} tells it before`);
}

const outcomeOf: Partial<Record<Release['name'], string>> = {
  accepted: 'accepted',
  promoted: 'accepted',
  rejected: 'rejected',
  'not-promoted': 'waitlisted',
  withdrawn: 'withdrawn',
  failed: 'failed',
};
const asking: readonly string[] = ['attendance-reminder', 'deadline-moved'];

function releasesAreToldOnce({ state: before }: Moment, { state: after, by, now }: Moment): void {
  const wrong = (what: string) => fail('each release is told once, in order', `${what} by ${by}`);
  const [known, all] = [before.releases ?? [], after.releases ?? []];
  known.forEach((one, at) => {
    if (all[at]?.name !== one.name || all[at]?.number !== one.number) wrong(`${one.name} has gone`);
  });
  const added = all.slice(known.length);
  for (const { name, number } of added) {
    if (
      number !==
      1 +
        all
          .slice(
            0,
            all.findIndex((one) => one.name === name && one.number === number),
          )
          .filter((one) => one.name === name).length
    )
      wrong(`${name} has the number ${number}`);
    const awaited = attendanceOf(before);
    if (asking.includes(name) && awaited?.answer !== 'awaited')
      wrong(`${name} to one who was not asked, or has answered`);
    if (name === 'attendance-reminder' && awaited?.answer === 'awaited' && awaited.due <= now)
      wrong('a reminder after the deadline');
    if (name === 'panel-reminder' && (before.course.at !== 'stage' || before.course.work.kind !== 'panel'))
      wrong('a reminder of no panel');
  }
  const kind = conclusionOf(after)?.kind;
  // What did not arrive goes out again.
  const outcomes = [...new Set(all.flatMap(({ name }) => outcomeOf[name] ?? []))];
  if (outcomes.length !== (kind === undefined ? 0 : 1) || (kind !== undefined && outcomes[0] !== kind))
    wrong(`the outcomes ${outcomes} for ${kind}`);
  const toldOfList = all.filter(({ name }) => name === 'waitlisted').length;
  const corrections = all.filter(({ name }) => name === 'address-replaced').length;
  if (toldOfList > 1 + corrections || (isOnWaitlist(after) && toldOfList === 0))
    wrong(`${toldOfList} letters of the waiting list`);
}

function slotOf({ course }: SubmissionState) {
  return course.at === 'accepted' || course.at === 'withdrawn' ? course.slot : undefined;
}

function slotsAreFreedOnce({ slots, done, moments }: Walk): void {
  const wrong = (what: string) => fail('a slot is freed once, by one who had it', what);
  let freed = 0;
  moments.forEach(({ state, by }, at) => {
    const before = moments[at - 1]?.state;
    if (before === undefined || by === 'the record is ahead') return;
    const hasLeft = isGone(state) && !isGone(before);
    const isReopened = before.original !== undefined && before.hasOwnSlot === undefined;
    const had = decisionOf(before) === 'accepted' && before.closing === undefined && !isReopened;
    const slot = slotOf(before) === undefined ? slotOf(state) : undefined;
    if (slot !== undefined) freed++;
    if (slot !== undefined && !had) wrong(`${by} frees one that it did not have`);
    if (hasLeft && had && slot === undefined) wrong(`${by} frees none`);
    const isKnown =
      before.course.at === 'accepted' ||
      (before.course.at === 'decided' && before.course.announced === 'on-waiting-list');
    if (slot === 'free' && !isKnown) wrong('it shows that somebody had one of whom nobody may know');
    if (slot === 'held' && isKnown) wrong('it is held, though all may know');
  });
  if (freed > 1) wrong(`${freed} times`);
  if (freed === 1 && slots.length === 0) wrong('it is not given on');
  if (
    slots.length > 1 &&
    done.filter((one) => one === 'pass-slot-on').length > freed &&
    freed > 0 &&
    !moments.some(({ by }) => by === 'the record is ahead')
  )
    wrong('it is given on twice');
}

function isGone(state: SubmissionState): boolean {
  const answer = attendanceOf(state)?.answer;
  return state.course.at === 'withdrawn' || answer === 'declined' || answer === 'lapsed' || answer === 'canceled';
}

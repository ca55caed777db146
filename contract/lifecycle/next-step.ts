import { isDate, isWithheld } from '../call/announcing.ts';
import type { CallRules } from '../call/rules.ts';
import { rulesOfStage } from '../call/rules-of-stage.ts';
import type { Outcome, ProcessingError } from '../outcomes.ts';
import { conclusionOf, currentVerdict, decisionOf, firstStage, recheckOf } from '../record.ts';
import type { Stage } from '../stages.ts';
import type { Attendance, Course, Dates, FreeSlot, Recheck, SubmissionState } from '../state.ts';

/** What the workflow does now. `tell` makes an outcome public, once it is on record. */
export type Doing =
  | { do: 'enter'; stage: Stage }
  | { do: 'open-panel'; stage: Stage }
  | { do: 'judge'; stage: Stage }
  | { do: 'plan-reminders' }
  | { do: 'remind' }
  | { do: 'escalate' }
  | { do: 'pass-referral' }
  | { do: 'pass-recheck' }
  | { do: 'escalate-recheck' }
  | { do: 'reject-undecided'; stage: Stage }
  | { do: 'tell'; outcome: Outcome }
  | { do: 'tell-waitlisted' }
  | { do: 'fail'; error: ProcessingError }
  | { do: 'lapse' }
  | { do: 'restart-clock' }
  | { do: 'pass-slot-on' };

/** What it waits for: somebody named, or an instant, or both. */
export type Waiting = {
  wait:
    | 'time-to-withdraw'
    | 'reviews'
    | 'referral'
    | 'recheck'
    | 'organisers'
    | 'announcement'
    | 'slot'
    | 'attendance'
    | 'delivery'
    | 'time-to-cancel';
  until?: string;
};

export type Step = Doing | Waiting | { end: true };

const end = { end: true } as const;

type At<Name extends Course['at']> = Extract<Course, { at: Name }>;
type WorkOf<Kind> = Extract<At<'stage'>['work'], { kind: Kind }>;

/**
 * Says what comes next for a submission. The workflow interprets it; the Web UI, the search attributes and the organisers'
 * view read it. Pure, so that "nobody is forgotten" can be tested without a server.
 *
 * @param now an ISO 8601 instant in UTC, like all instants of the state
 */
export function nextStep(state: SubmissionState, rules: CallRules, now: string): Step {
  const step = whateverIsRechecked(state, rules, now);
  const recheck = recheckOf(state);
  return recheck && isHeldBack(step, state) ? untilRechecked(recheck, now) : step;
}

/** An automatic verdict, and the telling of one; what organisers have announced, or a closed call decides, is not held back. */
function isHeldBack(step: Step, state: SubmissionState): boolean {
  if (!('do' in step) || state.closing) return false;
  if (step.do === 'judge') return true;
  if (step.do !== 'tell' && step.do !== 'tell-waitlisted') return false;
  const isAnnounced = state.course.at === 'decided' && state.course.announced === 'yes';
  return !isAnnounced && currentVerdict(state)?.by === undefined;
}

function untilRechecked({ due, whenDue, isEscalated }: Recheck, now: string): Step {
  if (isEscalated) return { wait: 'organisers' };
  if (now < due) return { wait: 'recheck', until: due };
  return { do: whenDue === 'pass' ? 'pass-recheck' : 'escalate-recheck' };
}

function whateverIsRechecked(state: SubmissionState, rules: CallRules, now: string): Step {
  const { course } = state;
  if (state.isStopped && conclusionOf(state) === undefined) return { do: 'fail', error: 'processing-stopped' };
  switch (course.at) {
    case 'received':
      return { do: 'enter', stage: firstStage(state) };
    case 'stage':
      return inStage(course, state, rules, now);
    case 'decided':
      return afterDecision(course, state, rules, now);
    case 'accepted':
      return afterAcceptance(course, state, rules, now);
    case 'withdrawn':
      return slotOrEnd(course.slot);
    case 'rejected':
    case 'waitlisted':
    case 'failed':
      return end;
    default:
      return course satisfies never;
  }
}

function inStage(course: At<'stage'>, state: SubmissionState, rules: CallRules, now: string): Step {
  const { stage, work } = course;
  if (work.kind === 'stuck' && work.isEnded) return { do: 'fail', error: 'processing-failed' };
  // What nobody could judge has failed, and is told so.
  if (state.closing === 'reject' && work.kind !== 'stuck' && !isAutomatic(course, rules))
    return { do: 'reject-undecided', stage };
  switch (work.kind) {
    case 'begun':
      return atTheBeginning(course, state, rules, now);
    case 'panel':
      return withPanel(stage, work, state, rules, now);
    case 'referral':
      if (state.closing || (work.whenDue === 'pass' && work.due <= now)) return { do: 'pass-referral' };
      if (work.isEscalated) return { wait: 'organisers' };
      return work.due <= now ? { do: 'escalate' } : { wait: 'referral', until: work.due };
    case 'stuck':
      return state.closing ? { do: 'fail', error: 'processing-failed' } : { wait: 'organisers' };
    default:
      return work satisfies never;
  }
}

/** Its verdict is due whatever the organisers do: a closed call rejects only what waits for people. */
function isAutomatic({ stage, work }: At<'stage'>, rules: CallRules): boolean {
  return work.kind === 'begun' && rulesOfStage(rules, stage).policy.kind === 'automatic';
}

function atTheBeginning({ stage, since }: At<'stage'>, state: SubmissionState, rules: CallRules, now: string): Step {
  const { policy } = rulesOfStage(rules, stage);
  if (policy.kind === 'panel') return state.closing ? { do: 'judge', stage } : { do: 'open-panel', stage };
  const notBefore = new Date(Date.parse(since) + policy.after).toISOString();
  return state.closing || notBefore <= now ? { do: 'judge', stage } : { wait: 'time-to-withdraw', until: notBefore };
}

function withPanel(stage: Stage, panel: WorkOf<'panel'>, state: SubmissionState, rules: CallRules, now: string): Step {
  const { policy } = rulesOfStage(rules, stage);
  if (state.closing) return { do: 'judge', stage };
  if (panel.isEscalated) return { wait: 'organisers' };
  if (panel.due <= now)
    return policy.kind === 'panel' && policy.whenDue === 'automatic' ? { do: 'judge', stage } : { do: 'escalate' };
  return untilDue(panel, now, 'reviews');
}

/** Reminders whose deadline has passed are not sent. */
function untilDue({ due, reminders }: Dates, now: string, wait: 'reviews' | 'attendance'): Step {
  if (reminders === undefined) return { do: 'plan-reminders' };
  const [next] = reminders;
  if (next !== undefined && next <= now) return { do: 'remind' };
  return { wait, until: next ?? due };
}

function afterDecision(course: At<'decided'>, state: SubmissionState, rules: CallRules, now: string): Step {
  const outcome = decisionOf(state);
  // Only a state that was made by hand has no verdict here.
  if (outcome === undefined) return { wait: 'organisers' };
  if (course.announced === 'no' && !mayAnnounce(state, rules, now)) return untilAnnouncement(state, rules);
  if (outcome !== 'waitlisted' || state.closing) return { do: 'tell', outcome };
  return course.announced === 'on-waiting-list' ? { wait: 'slot' } : { do: 'tell-waitlisted' };
}

function mayAnnounce({ closing, original }: SubmissionState, rules: CallRules, now: string): boolean {
  if (closing) return true;
  if (original !== undefined) return false;
  if (!isWithheld(rules)) return true;
  return isDate(rules.announcement) && Date.parse(rules.announcement) <= Date.parse(now);
}

function untilAnnouncement({ original }: SubmissionState, { announcement }: CallRules): Waiting {
  if (!isDate(announcement) || original !== undefined) return { wait: 'announcement' };
  return { wait: 'announcement', until: new Date(announcement).toISOString() };
}

function afterAcceptance(
  { attendance, slot }: At<'accepted'>,
  state: SubmissionState,
  rules: CallRules,
  now: string,
): Step {
  if (slot !== undefined) return slotOrEnd(slot);
  switch (attendance?.answer) {
    case 'awaited':
      return whileAwaited(attendance, state, now);
    case 'confirmed':
      return untilLastCancellation(state, rules, now);
    default:
      return end;
  }
}

function whileAwaited(
  attendance: Extract<Attendance, { answer: 'awaited' }>,
  state: SubmissionState,
  now: string,
): Step {
  if (state.closing) return { do: 'lapse' };
  if (attendance.anew) return { do: 'restart-clock' };
  if (attendance.isHeld) return { wait: 'delivery' };
  return attendance.due <= now ? { do: 'lapse' } : untilDue(attendance, now, 'attendance');
}

/** An accepted speaker who confirmed may still cancel: for pollers and for the closing it is over. */
function untilLastCancellation({ closing }: SubmissionState, { attendance }: CallRules, now: string): Step {
  const until = attendance?.cancelUntil;
  if (until === undefined || closing || Date.parse(until) <= Date.parse(now)) return end;
  return { wait: 'time-to-cancel', until: new Date(until).toISOString() };
}

function slotOrEnd(slot: FreeSlot | undefined): Step {
  return slot === undefined ? end : { do: 'pass-slot-on' };
}

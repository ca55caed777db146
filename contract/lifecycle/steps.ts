/** The changes that the workflow makes by itself, one for each step of `nextStep`. */
import type { CallRules } from '../call/rules.ts';
import type { WhenReferralIsDue } from '../findings.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { Outcome, ProcessingError } from '../outcomes.ts';
import { afterVerdict, attendanceOf, hadSlot, isOnWaitlist, panelAtWork, stageOf, workOf } from '../record.ts';
import type { Stage } from '../stages.ts';
import type { Course, Dates, StageVerdict, SubmissionState, Verdict, Work } from '../state.ts';
import { acceptanceIn } from './answer-letters.ts';
import { type Change, withReleases } from './change.ts';

export function entered(stage: Stage, now: string): Change {
  return { course: inStage(stage, now, { kind: 'begun' }) };
}

export function panelOpened(state: SubmissionState, dates: Dates): Change {
  return withWork(state, { kind: 'panel', ...dates });
}

/** What a stage's automatic judgement has found; `referral`: until when people are to judge it themselves. */
export type Judgement = Verdict & { referral?: { due: string; whenDue: WhenReferralIsDue } };

/** Applies a verdict of the service, or puts it before the organisers, who are notified of what is to be checked. */
export function judged(state: SubmissionState, stage: Stage, judgement: Judgement, now: string): Change {
  const { referral, ...more } = judgement;
  const verdict: StageVerdict = { ...more, stage, decidedAt: now, number: state.revision + 1 };
  const isReferred = verdict.outcome !== 'rejected' && verdict.findings?.some((one) => one.consequence === 'refer');
  const releases = isReferred ? withReleases(state, now, 'referred') : {};
  // A panel that is due was people at work already.
  if (referral && workOf(state)?.kind === 'begun')
    return { ...withWork(state, { kind: 'referral', verdict, ...referral }), ...releases };
  return { ...afterVerdict(state, verdict, now), ...releases };
}

/** Without an answer of the organisers in time. */
export function referralPassed(state: SubmissionState, now: string): Change {
  const work = workOf(state);
  if (work?.kind !== 'referral') return {};
  return afterVerdict(state, { ...work.verdict, decidedAt: now, number: state.revision + 1 }, now);
}

export function rejectedUndecided(state: SubmissionState, stage: Stage, now: string): Change {
  const reasons = [{ code: 'closed-undecided', detail: 'The call was closed before a decision.' }];
  const work = workOf(state);
  const findings = work?.kind === 'referral' ? work.verdict.findings : undefined;
  const number = state.revision + 1;
  const verdict = omitUndefined({ stage, outcome: 'rejected' as const, reasons, findings, decidedAt: now, number });
  return afterVerdict(state, verdict, now);
}

/** Reminds the panel, or the speaker. */
export function reminded(state: SubmissionState, now: string): Change {
  const attendance = attendanceOf(state);
  if (attendance?.answer === 'awaited' && state.course.at === 'accepted')
    return {
      course: { ...state.course, attendance: { ...attendance, reminders: toCome(attendance) } },
      ...(!state.noReminders && withReleases(state, now, 'attendance-reminder')),
    };
  const panel = panelAtWork(state);
  if (panel === undefined) return {};
  const { stage: _, ...work } = panel;
  return {
    ...withWork(state, { ...work, reminders: toCome(work) }),
    ...withReleases(state, now, 'panel-reminder'),
  };

  function toCome({ reminders = [] }: Dates): string[] {
    return reminders.filter((at) => at > now);
  }
}

export function remindersPlanned(state: SubmissionState, reminders: string[]): Change {
  const attendance = attendanceOf(state);
  if (attendance?.answer === 'awaited' && state.course.at === 'accepted')
    return { course: { ...state.course, attendance: { ...attendance, reminders } } };
  const panel = panelAtWork(state);
  if (panel === undefined) return {};
  const { stage: _, ...work } = panel;
  return withWork(state, { ...work, reminders });
}

/** The deadline has passed: from now on it waits for the organisers, who are notified. */
export function escalated(state: SubmissionState, now: string): Change {
  const work = workOf(state);
  if (work?.kind !== 'panel' && work?.kind !== 'referral') return {};
  return { ...withWork(state, { ...work, isEscalated: true }), ...withReleases(state, now, 'decision-due') };
}

/** Without an answer of the organisers in time. */
export function recheckPassed(): Change {
  return { recheck: undefined };
}

export function recheckEscalated(state: SubmissionState, now: string): Change {
  const { recheck } = state;
  if (recheck === undefined) return {};
  return { recheck: { ...recheck, isEscalated: true }, ...withReleases(state, now, 'decision-due') };
}

/** The service gave up on a stage. */
export function stuck(state: SubmissionState, now: string): Change {
  return { ...withWork(state, { kind: 'stuck' }), ...withReleases(state, now, 'stuck') };
}

/** @param dates for the answer of an accepted speaker, if the call asks for one */
export function told(state: SubmissionState, outcome: Outcome, dates: Dates | undefined, now: string): Change {
  const stage = stageOf(state);
  if (stage === 'received') return {};
  const attendance = dates && { answer: 'awaited' as const, ...dates };
  const course: Course =
    outcome === 'accepted' ? { at: 'accepted', stage, ...(attendance && { attendance }) } : { at: outcome, stage };
  return { course, ...withReleases(state, now, releaseOf(outcome, state)) };
}

function releaseOf(outcome: Outcome, state: SubmissionState) {
  if (outcome === 'waitlisted') return 'not-promoted';
  return outcome === 'accepted' && isOnWaitlist(state) ? 'promoted' : outcome;
}

export function toldWaitlisted(state: SubmissionState, now: string): Change {
  const stage = stageOf(state);
  if (stage === 'received') return {};
  return {
    course: { at: 'decided', stage, announced: 'on-waiting-list' },
    ...withReleases(state, now, 'waitlisted'),
  };
}

export function failed(state: SubmissionState, error: ProcessingError, now: string): Change {
  return {
    course: { at: 'failed', stage: stageOf(state), error },
    ...withReleases(state, now, 'not-processed', 'failed'),
  };
}

/** The speaker has the whole time to answer again, from now on. */
export function clockRestarted(state: SubmissionState, dates: Dates, now: string): Change {
  const attendance = attendanceOf(state);
  if (state.course.at !== 'accepted' || attendance?.answer !== 'awaited') return {};
  const told = {
    acceptance: acceptanceIn(state)?.name,
    date: 'deadline-moved' as const,
    nothing: undefined,
  }[attendance.anew ?? 'nothing'];
  return {
    course: { ...state.course, attendance: { answer: 'awaited', ...dates } },
    ...(told && withReleases(state, now, told)),
  };
}

export function lapsed(state: SubmissionState, now: string): Change {
  if (state.course.at !== 'accepted') return {};
  return {
    course: { ...state.course, attendance: { answer: 'lapsed' }, ...slotOf(state) },
    ...withReleases(state, now, 'lapsed', 'attendance-lapsed'),
  };
}

export function slotPassedOn(state: SubmissionState): Change {
  const { course } = state;
  if (course.at !== 'accepted' && course.at !== 'withdrawn') return {};
  const { slot: _, ...rest } = course;
  return { course: rest };
}

/** The slot that becomes free when an accepted submission leaves. Before its announcement, nobody may notice. */
export function slotOf(state: SubmissionState): { slot?: 'free' | 'held' } {
  if (!hadSlot(state)) return {};
  // Announced and not told yet is hidden too: a withdrawal may come in between.
  const isHidden = state.course.at === 'decided' && !isOnWaitlist(state);
  return { slot: isHidden ? 'held' : 'free' };
}

/** Whether an answer of the speaker is asked for. */
export function asksForAnswer(state: SubmissionState, outcome: Outcome, { attendance }: CallRules): boolean {
  return outcome === 'accepted' && !state.closing && attendance !== undefined;
}

function withWork({ course }: SubmissionState, work: Work): Change {
  return course.at === 'stage' ? { course: { ...course, work } } : {};
}

function inStage(stage: Stage, since: string, work: Work): Course {
  return { at: 'stage', stage, since, work };
}

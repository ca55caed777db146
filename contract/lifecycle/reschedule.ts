import { attendanceOf, panelAtWork, recheckOf, workOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { RescheduleCommand } from '../workflow/commands.ts';
import { type Change, withCommand, withReleases } from './change.ts';
import { assertNotTooMany, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';

/** Moves the deadline of the panel, of a referral, or of the speaker's answer; the speaker is told of theirs. */
export const reschedule: CommandRule<RescheduleCommand, void> = {
  description: 'An organiser moves the deadline',

  check({ state }, command) {
    const due = dueOf(state);
    if (due === undefined) return refuse('nothing-due', 'It waits for no deadline');
    if (due === command.due) return;
    assertNotTooMany(state, command.by);
    assertUnchanged(state, command);
  },

  apply({ state, now }, { by, due, reason }) {
    if (dueOf(state) === due) return { result: undefined };
    const line = withCommand(state, { by, command: 'reschedule', reason, detail: due }, now);
    return { change: { ...moved(state, due, now), ...line }, result: undefined };
  },
};

function dueOf(state: SubmissionState): string | undefined {
  const attendance = attendanceOf(state);
  // A clock that is held has no deadline: it gets one when the acceptance goes out again.
  if (attendance?.answer === 'awaited') return attendance.isHeld || attendance.anew ? undefined : attendance.due;
  const work = workOf(state);
  if (work?.kind === 'referral') return work.due;
  return panelAtWork(state)?.due ?? recheckOf(state)?.due;
}

/** Reminders are planned anew; a panel whose deadline had passed is no longer late. */
function moved(state: SubmissionState, due: string, now: string): Change {
  const { course } = state;
  if (course.at === 'accepted' && course.attendance?.answer === 'awaited') {
    const { reminders: _, ...attendance } = course.attendance;
    return { course: { ...course, attendance: { ...attendance, due } }, ...withReleases(state, now, 'deadline-moved') };
  }
  const work = workOf(state);
  if (course.at === 'stage' && work?.kind === 'panel') return { course: { ...course, work: { kind: 'panel', due } } };
  if (course.at === 'stage' && work?.kind === 'referral') {
    const { isEscalated: _, ...referral } = work;
    return { course: { ...course, work: { ...referral, due } } };
  }
  if (state.recheck === undefined) return {};
  const { isEscalated: _, ...recheck } = state.recheck;
  return { recheck: { ...recheck, due } };
}

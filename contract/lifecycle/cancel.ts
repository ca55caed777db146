import type { StatusDocument } from '../http/status.ts';
import { publicStatus } from '../public-status.ts';
import { attendanceOf, conclusionOf } from '../record.ts';
import type { CancelCommand } from '../workflow/commands.ts';
import { withCommand, withReleases } from './change.ts';
import { applied, assertImpartial, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';
import { slotOf } from './steps.ts';

/** An organiser cancels for an accepted speaker, who has confirmed or not answered yet. There is no last time for it. */
export const cancel: CommandRule<CancelCommand, StatusDocument> = {
  description: 'An organiser cancels for the speaker',

  check({ state }, command) {
    assertImpartial(state, command.by);
    const standing = attendanceOf(state)?.answer;
    if (conclusionOf(state)?.kind !== 'accepted') refuse('not-accepted', 'There is nothing to cancel');
    if (standing === undefined) return refuse('not-confirmed', 'No answer is asked for');
    if (standing === 'canceled') return;
    if (standing !== 'confirmed' && standing !== 'awaited')
      refuse('attendance-answered', `It is ${standing}`, { attendance: standing });
    assertUnchanged(state, command);
  },

  apply({ state, now }, { by, reason }) {
    const { course } = state;
    if (course.at !== 'accepted' || !course.attendance || course.attendance.answer === 'canceled')
      return { result: publicStatus(state) };
    return applied(state, now, {
      course: { ...course, attendance: { answer: 'canceled' }, ...slotOf(state) },
      ...withCommand(state, { by, command: 'cancel', reason }, now),
      ...withReleases(state, now, 'canceled-by-organisers', 'canceled-for-speaker'),
    });
  },
};

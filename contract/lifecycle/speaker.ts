/** What the speaker does with their own submission. */
import type { StatusDocument } from '../http/status.ts';
import { publicStatus } from '../public-status.ts';
import { attendanceOf, conclusionOf, generationOf, stageOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { AnswerCommand, WithdrawCommand } from '../workflow/commands.ts';
import { alreadyConcluded } from '../workflow/errors.ts';
import { type Change, changed, withCommand, withReleases } from './change.ts';
import { type Applied, assertUnchanged, type CommandRule } from './command.ts';
import { refuse } from './refusal.ts';
import { slotOf } from './steps.ts';

/** Withdraws, until there is a conclusion. The order in the history decides races (contract H22). */
export const withdraw: CommandRule<WithdrawCommand, StatusDocument> = {
  description: 'The speaker withdraws',
  waitsForOutcome: true,

  check({ state }, condition) {
    assertTokenStands(state, condition);
    const kind = conclusionOf(state)?.kind;
    if (kind === 'withdrawn') return;
    if (kind !== undefined) refuse(alreadyConcluded, `The submission is ${kind}`);
    assertUnchanged(state, condition);
  },

  apply({ state, now }) {
    if (conclusionOf(state)?.kind === 'withdrawn') return { result: publicStatus(state) };
    return applied(state, now, {
      course: { at: 'withdrawn', stage: stageOf(state), ...slotOf(state) },
      ...withCommand(state, { by: 'speaker', command: 'withdraw' }, now),
      ...withReleases(state, now, 'withdrawn'),
    });
  },
};

/** Confirms or declines after an acceptance. */
export const answer: CommandRule<AnswerCommand, StatusDocument> = {
  description: 'The speaker confirms or declines',

  check({ state }, command) {
    assertTokenStands(state, command);
    const standing = attendanceOf(state)?.answer;
    // Before the announcement, the same whatever the decision (contract H19).
    if (standing === undefined) return refuse('not-accepted', 'There is nothing to answer');
    if (standing === command.answer) return;
    if (standing !== 'awaited') refuse('attendance-answered', `It is ${standing}`, { attendance: standing });
    assertUnchanged(state, command);
  },

  apply({ state, now }, { answer }) {
    const { course } = state;
    if (course.at !== 'accepted' || course.attendance?.answer !== 'awaited') return { result: publicStatus(state) };
    return applied(state, now, {
      course: { ...course, attendance: { answer }, ...(answer === 'declined' && slotOf(state)) },
      ...withCommand(state, { by: 'speaker', command: 'attendance', detail: answer }, now),
      ...withReleases(state, now, answer),
    });
  },
};

/** Links that were sent to an address end with it. */
function assertTokenStands(state: SubmissionState, { generation = 0 }: WithdrawCommand): void {
  if (generation !== generationOf(state)) refuse('unauthorized', 'The token has ended');
}

function applied(state: SubmissionState, now: string, change: Change): Applied<StatusDocument> {
  return { change, result: publicStatus(changed(state, change, now)) };
}

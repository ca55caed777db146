/** What the speaker does with their own submission. */
import type { StatusDocument } from '../http/status.ts';
import { publicStatus } from '../public-status.ts';
import { attendanceOf, conclusionOf, generationOf, isOver, stageOf } from '../record.ts';
import type { Attendance, SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { AnswerCommand, RemindersCommand, WithdrawCommand } from '../workflow/commands.ts';
import { alreadyConcluded } from '../workflow/errors.ts';
import { type Change, withCommand, withReleases } from './change.ts';
import { toCoSpeakers } from './co-speakers.ts';
import {
  applied,
  assertNotTooMany,
  assertUnchanged,
  type CommandRule,
  type Meeting,
  type MeetingText,
} from './command.ts';
import { refuse } from './refusal.ts';
import { slotOf } from './steps.ts';

/** Withdraws, until there is a conclusion. The order in the history decides races (contract H22). */
export const withdraw: CommandRule<WithdrawCommand, StatusDocument, MeetingText> = {
  description: 'The speaker withdraws',
  waitsForOutcome: true,

  check({ state }, condition) {
    assertTokenStands(state, condition);
    const kind = conclusionOf(state)?.kind;
    if (kind === 'withdrawn') return;
    if (kind !== undefined) refuse(alreadyConcluded, `The submission is ${kind}`);
    assertUnchanged(state, condition);
  },

  apply({ state, submission, now }) {
    if (conclusionOf(state)?.kind === 'withdrawn') return { result: publicStatus(state) };
    const line = withCommand(state, { by: 'speaker', command: 'withdraw' }, now);
    return applied(state, now, { ...withdrawn(state, submission, now), ...line });
  },
};

/** It leaves the selection; the organisers and the co-speakers are told. */
export function withdrawn(state: SubmissionState, submission: Submission, now: string): Change {
  return {
    course: { at: 'withdrawn', stage: stageOf(state), ...slotOf(state) },
    ...withReleases(state, now, 'withdrawn', ...toCoSpeakers(state, submission)),
  };
}

/** Confirms or declines after an acceptance, or cancels after a confirmation. */
export const answer: CommandRule<AnswerCommand, StatusDocument> = {
  description: 'The speaker confirms, declines or cancels',

  check(meeting, command) {
    const { state } = meeting;
    assertTokenStands(state, command);
    const standing = attendanceOf(state)?.answer;
    // Before the announcement, the same whatever the decision (contract H19).
    if (standing === undefined) return refuse('not-accepted', 'There is nothing to answer');
    if (standing === command.answer) return;
    if (command.answer === 'canceled') assertMayCancel(meeting, standing);
    else if (standing !== 'awaited') refuse('attendance-answered', `It is ${standing}`, { attendance: standing });
    assertUnchanged(state, command);
  },

  apply({ state, now }, { answer }) {
    const { course } = state;
    if (course.at !== 'accepted' || !course.attendance || course.attendance.answer === answer)
      return { result: publicStatus(state) };
    return applied(state, now, {
      course: { ...course, attendance: { answer }, ...(answer !== 'confirmed' && slotOf(state)) },
      ...withCommand(state, { by: 'speaker', command: 'attendance', detail: answer }, now),
      ...withReleases(state, now, answer),
    });
  },
};

/** Links that were sent to an address end with it, or when the speaker ends them. @throws Refusal */
export function assertTokenStands(state: SubmissionState, { generation = 0 }: WithdrawCommand): void {
  if (generation !== generationOf(state)) refuse('unauthorized', 'The token has ended');
}

/** Whether the speaker is reminded of an answer that is owed. Answers are sent whatever is said. */
export const setReminders: CommandRule<RemindersCommand, void> = {
  description: 'The speaker switches reminders on or off',

  check({ state }, command) {
    assertTokenStands(state, command);
    if (areOn(state) === (command.reminders === 'on')) return;
    if (isOver(state)) refuse(alreadyConcluded, 'Nothing more is asked of the speaker');
    assertNotTooMany(state, 'speaker');
  },

  apply({ state, now }, { reminders }) {
    if (areOn(state) === (reminders === 'on')) return { result: undefined };
    const line = withCommand(state, { by: 'speaker', command: 'reminders', detail: reminders }, now);
    return { change: { noReminders: reminders === 'off' ? true : undefined, ...line }, result: undefined };
  },
};

function areOn({ noReminders }: SubmissionState): boolean {
  return noReminders !== true;
}

function assertMayCancel({ rules, now }: Meeting, standing: Attendance['answer']): void {
  if (standing === 'awaited') refuse('not-confirmed', 'It is awaited: it can be declined');
  const until = rules.attendance?.cancelUntil;
  if (standing === 'confirmed' && until !== undefined && Date.parse(now) < Date.parse(until)) return;
  refuse('attendance-answered', `It is ${standing}, and can't be canceled any more`, { attendance: standing });
}

/** The speaker's time to answer runs only while they have the letter that names its end. */
import { keyOf, type Release } from '../mail/releases.ts';
import { attendanceOf } from '../record.ts';
import type { Anew, SubmissionState } from '../state.ts';
import type { SettleCommand } from '../workflow/commands.ts';
import { type Change, withReleases } from './change.ts';
import type { CommandRule } from './command.ts';

/** The letter that last told the acceptance. */
export function acceptanceIn({ releases = [] }: Pick<SubmissionState, 'releases'>) {
  return releases.findLast((one): one is Release<'accepted' | 'promoted'> =>
    ['accepted', 'promoted'].includes(one.name),
  );
}

/** An acceptance that was held until now names a date that has moved. */
export function askedAnew({ course }: Pick<SubmissionState, 'course'>): Change {
  if (course.at !== 'accepted' || course.attendance?.answer !== 'awaited' || !course.attendance.isHeld) return {};
  return { course: { ...course, attendance: { ...course.attendance, anew: 'acceptance' } } };
}

/** A letter that did not arrive stops the speaker's clock; the organisers are told. */
export function held(state: SubmissionState, letter: string, now: string): Change | undefined {
  const { course } = state;
  if (course.at !== 'accepted' || course.attendance?.answer !== 'awaited') return undefined;
  const { attendance } = course;
  if (attendance.isHeld || attendance.anew || !isAnswerLetter(state, letter)) return undefined;
  return {
    course: { ...course, attendance: { ...attendance, isHeld: true } },
    ...withReleases(state, now, 'undelivered'),
  };
}

const anew = {
  resend: 'acceptance',
  delivered: 'date',
  abandoned: 'nothing',
} as const satisfies Record<SettleCommand['as'], Anew>;

/** An organiser has decided about a letter. Returns whether the speaker's time begins anew with it. */
export const settleLetter: CommandRule<SettleCommand, boolean> = {
  description: 'An organiser decides about a letter to an accepted speaker',

  check() {},

  apply({ state }, { letter, as }) {
    const { course } = state;
    if (course.at !== 'accepted' || course.attendance?.answer !== 'awaited') return { result: false };
    if (!isAnswerLetter(state, letter)) return { result: false };
    if (course.attendance.anew !== undefined) return { result: true };
    if (as !== 'resend' && !course.attendance.isHeld) return { result: false };
    return { change: { course: { ...course, attendance: { ...course.attendance, anew: anew[as] } } }, result: true };
  },
};

/** Whether it names the date by which the speaker has to answer. */
export function isAnswerLetter(state: SubmissionState, letter: string): boolean {
  const { releases = [] } = state;
  const acceptance = acceptanceIn(state);
  if (attendanceOf(state)?.answer !== 'awaited' || acceptance === undefined) return false;
  return releases
    .slice(releases.indexOf(acceptance))
    .some((one) => (one === acceptance || one.name === 'deadline-moved') && keyOf(one) === letter);
}

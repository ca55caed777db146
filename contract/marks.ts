import { attendanceOf, isOverdue, isStuck, recheckOf, workOf } from './record.ts';
import type { SubmissionState } from './state.ts';

/** Values of the search attribute `SubmissionFlag`: why somebody has to look after a submission. */
export const marks = ['stuck', 'overdue', 'referral', 'recheck', 'undelivered'] as const;

export type Mark = (typeof marks)[number];

export function marksOf(state: SubmissionState): Mark[] {
  const attendance = attendanceOf(state);
  const isMarked = {
    stuck: isStuck(state),
    overdue: isOverdue(state) && !isStuck(state),
    referral: workOf(state)?.kind === 'referral',
    recheck: recheckOf(state) !== undefined,
    undelivered: attendance?.answer === 'awaited' && attendance.isHeld === true,
  } satisfies Record<Mark, boolean>;
  return marks.filter((mark) => isMarked[mark]);
}

import { attendanceOf, recheckOf, workOf } from '../record.ts';
import type { SubmissionState } from '../state.ts';
import type { Step } from './next-step.ts';

/**
 * The deadline of what a submission waits for, also one that has passed: then it waits for the organisers. A reminder before
 * it is none.
 */
export function dueOf(state: SubmissionState, step: Step): string | undefined {
  if (!('wait' in step)) return undefined;
  switch (step.wait) {
    case 'reviews':
      return dueOfWork(state);
    case 'attendance': {
      const attendance = attendanceOf(state);
      return attendance?.answer === 'awaited' ? attendance.due : undefined;
    }
    case 'organisers': {
      const recheck = recheckOf(state);
      return recheck?.isEscalated ? recheck.due : dueOfWork(state);
    }
    default:
      return step.until;
  }
}

function dueOfWork(state: SubmissionState): string | undefined {
  const work = workOf(state);
  return work?.kind === 'panel' || work?.kind === 'referral' ? work.due : undefined;
}

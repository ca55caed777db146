/** Type of the ApplicationFailure that ends a submission's workflow. It is shown in the Web UI only. */
export const processingFailure = 'ProcessingFailed';

/** Type of the ApplicationFailure that refuses a change after the conclusion (contract H22). */
export const alreadyConcluded = 'AlreadyConcluded';

/** Types of ApplicationFailures, and codes of problems: a failure's details become members of the problem. */
export const commandRefusals = [
  'not-under-review',
  'conflict-of-interest',
  'unknown-criterion',
  'reviews-read',
  'quorum-not-reached',
  'already-decided',
  'no-waiting-list-here',
  'not-accepted',
  'attendance-answered',
  'nothing-due',
  'too-many-commands',
  'precondition-failed',
] as const;

export type CommandRefusal = (typeof commandRefusals)[number];

/** Type of the ApplicationFailure that refuses to announce an undecided submission; an operation skips it. */
export const notDecided = 'not-decided';

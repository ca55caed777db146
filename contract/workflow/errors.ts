/** Type of the ApplicationFailure that ends a submission's workflow: it shows in the Web UI, and never outside. */
export const processingFailure = 'ProcessingFailed';

/** Type of the ApplicationFailure that refuses a change of what is over (contract H22). */
export const alreadyConcluded = 'AlreadyConcluded';

/**
 * Types of the ApplicationFailures by which a workflow refuses each command. Each is the code of the problem that the client
 * is answered with; what the failure carries beside it goes into the problem as it is.
 */
export const commandRefusals = {
  review: [
    ...['not-under-review', 'conflict-of-interest', 'unknown-criterion', 'reviews-read'],
    ...['too-many-commands', 'precondition-failed'],
  ],
  declareConflict: ['not-under-review', 'conflict-of-interest', 'too-many-commands', 'precondition-failed'],
  decide: [
    ...['already-decided', 'quorum-not-reached', 'no-waiting-list-here', 'not-under-review'],
    ...['conflict-of-interest', 'too-many-commands', 'precondition-failed'],
  ],
  reschedule: ['nothing-due', 'too-many-commands', 'precondition-failed'],
  answer: ['not-accepted', 'attendance-answered', 'precondition-failed'],
} as const;

export type CommandRefusal = (typeof commandRefusals)[keyof typeof commandRefusals][number];

/** Type of the ApplicationFailure that refuses the announcement of what is not decided: an operation passes it over. */
export const notDecided = 'not-decided';

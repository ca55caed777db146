/** Type of the ApplicationFailure that ends a submission's workflow. It is shown in the Web UI only. */
export const processingFailure = 'ProcessingFailed';

/** Type of the ApplicationFailure that refuses a change after the conclusion (contract H22). */
export const alreadyConcluded = 'AlreadyConcluded';

/** Type of the ApplicationFailure that refuses a command after an operator's reset, until the record was read. */
export const mayBeBehind = 'may-be-behind';

/** Type of the ApplicationFailure that refuses a command for a moment: a replay would bring it too early. */
export const amidLocalActivity = 'amid-local-activity';

/** Types of ApplicationFailures by command. Each is the code of a problem; the details become members of the problem. */
export const commandRefusals = {
  review: [
    'not-under-review',
    'conflict-of-interest',
    'unknown-criterion',
    'reviews-read',
    'too-many-commands',
    'precondition-failed',
  ],
  declareConflict: ['not-under-review', 'conflict-of-interest', 'precondition-failed'],
  decide: [
    'already-decided',
    'quorum-not-reached',
    'no-waiting-list-here',
    'not-under-review',
    'conflict-of-interest',
    'precondition-failed',
  ],
  reschedule: ['nothing-due', 'too-many-commands', 'precondition-failed'],
  correctAddress: ['conflict-of-interest', 'too-many-commands', 'precondition-failed'],
  setProcessing: ['not-stuck', 'conflict-of-interest', 'too-many-commands', 'precondition-failed'],
  answer: ['unauthorized', 'not-accepted', 'not-confirmed', 'attendance-answered', 'precondition-failed'],
  edit: [
    'unauthorized',
    'edits-over',
    'invalid-submission',
    'too-many-commands',
    'temporarily-unavailable',
    'precondition-failed',
  ],
  prove: ['unauthorized'],
  answerAsCoSpeaker: ['unauthorized', 'too-many-commands', 'submission-concluded'],
  handOver: ['unauthorized', 'not-a-co-speaker', 'too-many-commands'],
  undoAddress: ['unauthorized'],
  endTokens: ['unauthorized', 'too-many-commands'],
  setReminders: ['unauthorized', 'too-many-commands'],
  cancel: ['not-accepted', 'not-confirmed', 'attendance-answered', 'conflict-of-interest', 'precondition-failed'],
} as const;

export type CommandRefusal = (typeof commandRefusals)[keyof typeof commandRefusals][number];

/** Type of the ApplicationFailure that refuses to announce an undecided submission; an operation skips it. */
export const notDecided = 'not-decided';

/**
 * How a submission that was processed came out (contract H3). Who is on the waiting list is told so while it goes on; as
 * the end, `waitlisted` says that no place came free.
 */
export const outcomes = ['accepted', 'rejected', 'waitlisted'] as const;

export type Outcome = (typeof outcomes)[number];

/** Why a submission could not be processed: stable codes. */
export const processingErrorCodes = ['processing-failed', 'processing-stopped', 'processing-timed-out'] as const;

export type ProcessingError = (typeof processingErrorCodes)[number];

/** One sentence each, that tells nothing of our inside. */
export const processingErrors = {
  'processing-failed': 'The submission could not be processed. Please write to the organisers.',
  'processing-stopped': 'The organisers stopped the processing of the submission. Please write to them.',
  'processing-timed-out': 'The submission was not processed in time. Please write to the organisers.',
} satisfies Record<ProcessingError, string>;

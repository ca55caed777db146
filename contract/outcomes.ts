/** Outcomes of a submission (contract H3). As a final one, `waitlisted` means that no slot came free. */
export const outcomes = ['accepted', 'rejected', 'waitlisted'] as const;

export type Outcome = (typeof outcomes)[number];

export const processingErrorCodes = ['processing-failed', 'processing-stopped'] as const;

export type ProcessingError = (typeof processingErrorCodes)[number];

/** Public messages: they must not reveal internals. */
export const processingErrors = {
  'processing-failed': 'The submission could not be processed. Please write to the organisers.',
  'processing-stopped': 'The organisers stopped the processing of the submission. Please write to them.',
} satisfies Record<ProcessingError, string>;

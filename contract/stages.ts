/** The stages that judge a submission, in their order. Each one ends in a verdict. */
export const stages = ['moderation', 'shortlisting', 'selection'] as const;

export type Stage = (typeof stages)[number];

/** Where a submission is: `received` until a worker has taken it up. */
export const submissionStages = ['received', ...stages] as const;

export type SubmissionStage = (typeof submissionStages)[number];

/**
 * What a status document may say in `stage` (contract H2): `under-review` stands for all stages where the call keeps
 * its answers back.
 */
export const publicStages = ['received', ...stages, 'under-review'] as const;

export type PublicStage = (typeof publicStages)[number];

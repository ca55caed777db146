export const stages = ['moderation', 'shortlisting', 'selection'] as const;

export type Stage = (typeof stages)[number];

export const submissionStages = ['received', ...stages] as const;

export type SubmissionStage = (typeof submissionStages)[number];

/** Stages of the public status (contract H2). `under-review` replaces those that are withheld. */
export const publicStages = ['received', ...stages, 'under-review'] as const;

export type PublicStage = (typeof publicStages)[number];

/** The stages that judge a submission, in their order. Each one ends in a verdict. */
export const stages = ['moderation', 'shortlisting', 'selection'] as const;

export type Stage = (typeof stages)[number];

/** What a status document may say in `stage` (contract H2): `received` until a worker has taken it up. */
export const publicStages = ['received', ...stages] as const;

export type PublicStage = (typeof publicStages)[number];

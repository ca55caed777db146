import type { Submission } from '../submission.ts';

/** One text of a submission. `revision`: of the state that it came with. */
export type Version = { number: number; at: string; revision: number; submission: Submission };

import type { Disclosure } from './call.ts';
import type { Outcome, ProcessingError } from './outcomes.ts';
import type { Place, Stage } from './stages.ts';
import type { SubmissionId } from './submission-id.ts';

/** For the organisers, never for the speaker. The code is stable; the detail is one sentence. */
export type Reason = { code: string; detail: string };

export type Rating = { criterion: string; rating: number; reason: string };

/** What a stage's activity answers. */
export type Verdict = {
  outcome: 'passed' | 'rejected';
  reasons: Reason[];
  ratings?: Rating[];
  /** Weighted mean of the ratings, from 1 to 5. */
  score?: number;
};

export type StageVerdict = Verdict & { stage: Stage; decidedAt: string };

export type Conclusion = { kind: Outcome } | { kind: 'withdrawn' } | { kind: 'failed'; error: ProcessingError };

/** All that a submission's workflow knows of its way. What a reader may know of it, `public-status.ts` decides. */
export type SubmissionState = {
  id: SubmissionId;
  /** Counts the transitions: of two states, the later one has more of them. */
  revision: number;
  createdAt: string;
  /** Of what the public may see. */
  lastUpdatedAt: string;
  disclosure: Disclosure;
  /** The stage it is in, or ended in. */
  stage: Place;
  verdicts: StageVerdict[];
  /** What the speaker is told, once it may be told. */
  conclusion?: Conclusion;
};

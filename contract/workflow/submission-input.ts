import type { CallRules } from '../call/rules.ts';
import type { StatusDocument } from '../http/status.ts';
import type { Stage } from '../stages.ts';
import type { Conflict, StageVerdict } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { SubmissionId } from '../submission-id.ts';

export type SubmissionInput = {
  id: SubmissionId;
  /** Of the gateway's clock, so that the status reads the same before and after a worker has taken the workflow up. */
  createdAt: string;
  submission: Submission;
  /** Keyed hash of the request, to tell a retry from another request under the same Idempotency-Key. */
  fingerprint: string;
  /** Frozen here: a later change of the call file doesn't change a running submission. */
  rules: CallRules;
  /** The one that it goes on from, where an organiser has reopened what was over: decided, and not announced. */
  reopens?: {
    id: SubmissionId;
    original: SubmissionId;
    by: string;
    reason: string;
    stage: Stage;
    verdicts: StageVerdict[];
    conflicts?: Conflict[];
  };
};

/** Keys of the memo. It is written by the start, and by the workflow whenever the public snapshot changes. */
export type SubmissionMemo = {
  publicStatus: StatusDocument;
  fingerprint: string;
};

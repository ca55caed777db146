import type { CallRules } from '../call/rules.ts';
import type { StatusDocument } from '../http/status.ts';
import type { Stage } from '../stages.ts';
import type { Conflict, StageVerdict, SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { SubmissionId } from '../submission-id.ts';

export const inputVersion = 1 as const;

export type SubmissionInput = {
  version: typeof inputVersion;
  id: SubmissionId;
  /** By the gateway's clock, so that the status is the same before and after a worker has taken the workflow up. */
  createdAt: string;
  submission: Submission;
  fingerprint: string;
  /** A later change of the call file doesn't change a running submission. */
  rules: CallRules;
  /** The ended submission that an organiser reopened: this one starts decided and not announced. */
  reopens?: {
    id: SubmissionId;
    original: SubmissionId;
    by: string;
    reason: string;
    stage: Stage;
    verdicts: StageVerdict[];
    conflicts?: Conflict[];
  };
  /** The workflow goes on from here: what the run before it has reached, its last revision on record, and as whom it wrote. */
  carried?: { state: SubmissionState; known: number; run: string };
};

/** Written at the start, and by the workflow whenever the public status changes. */
export type SubmissionMemo = {
  publicStatus: StatusDocument;
  fingerprint: string;
};

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CallRules } from './call.ts';
import type { StatusDocument } from './status.ts';
import type { Submission } from './submission.ts';
import type { SubmissionId } from './submission-id.ts';

export const taskQueue = 'call-for-speakers';

export const workflowType = 'submission';

/** The one place that makes workflow ids: gateways that never talk to each other agree on them. */
export const workflowIdOf = (id: SubmissionId) => `submission-${id}`;

export type SubmissionInput = {
  id: SubmissionId;
  /** Of the gateway's clock, so that the status reads the same before and after a worker has taken the workflow up. */
  createdAt: string;
  submission: Submission;
  /** Frozen here: a later change of the call file doesn't change a running submission. */
  rules: CallRules;
};

/** Answers the public snapshot: the query serves the gateway, and nothing internal can be asked for by its way. */
export const publicStatusQuery = defineQuery<StatusDocument>('publicStatus');

/** Withdraws the submission, and answers the public snapshot. It is refused, by its type, once there is an outcome. */
export const withdrawUpdate = defineUpdate<StatusDocument>('withdraw');

/** Keys of the memo. It is written by the start, and by the workflow whenever the public snapshot changes. */
export type SubmissionMemo = {
  publicStatus: StatusDocument;
  /** Keyed hash of the request, to tell a retry from another request under the same Idempotency-Key. */
  fingerprint: string;
};

// For operators only, and never encrypted by Temporal: no names, titles or addresses in them.
export const stageAttribute = defineSearchAttributeKey('SubmissionStage', SearchAttributeType.KEYWORD);
export const outcomeAttribute = defineSearchAttributeKey('SubmissionOutcome', SearchAttributeType.KEYWORD);
export const trackAttribute = defineSearchAttributeKey('SubmissionTrack', SearchAttributeType.KEYWORD);

export const searchAttributes = [stageAttribute, outcomeAttribute, trackAttribute];

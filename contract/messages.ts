import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CallRules } from './call.ts';
import type { SubmissionRecord } from './record.ts';
import type { StatusDocument } from './status.ts';
import type { Submission } from './submission.ts';
import { parseSubmissionId, type SubmissionId } from './submission-id.ts';

export const taskQueue = 'call-for-speakers';

export const workflowType = 'submission';

/** The one place that makes workflow ids: gateways that never talk to each other agree on them. */
export const workflowIdOf = (id: SubmissionId) => `submission-${id}`;

/** The way back; `undefined` for a workflow that is none of ours. */
export const submissionIdOf = (workflowId: string) => parseSubmissionId(workflowId.replace(/^submission-/, ''));

/** Type of the workflow that holds the records against the workflows; the schedule that starts it has the same id. */
export const reconciliation = 'reconcile';

export type SubmissionInput = {
  id: SubmissionId;
  /** Of the gateway's clock, so that the status reads the same before and after a worker has taken the workflow up. */
  createdAt: string;
  submission: Submission;
  /** Keyed hash of the request, to tell a retry from another request under the same Idempotency-Key. */
  fingerprint: string;
  /** Frozen here: a later change of the call file doesn't change a running submission. */
  rules: CallRules;
};

/** Answers the public snapshot: the query serves the gateway, and nothing internal can be asked for by its way. */
export const publicStatusQuery = defineQuery<StatusDocument>('publicStatus');

/** Answers all that is to be kept: it serves the reconciler, and nothing that is asked from outside. */
export const recordQuery = defineQuery<SubmissionRecord>('record');

/** Withdraws the submission, and answers the public snapshot. It is refused, by its type, once there is an outcome. */
export const withdrawUpdate = defineUpdate<StatusDocument>('withdraw');

/** Keys of the memo. It is written by the start, and by the workflow whenever the public snapshot changes. */
export type SubmissionMemo = {
  publicStatus: StatusDocument;
  fingerprint: string;
};

// For operators only, and never encrypted by Temporal: no names, titles or addresses in them.
export const stageAttribute = defineSearchAttributeKey('SubmissionStage', SearchAttributeType.KEYWORD);
export const outcomeAttribute = defineSearchAttributeKey('SubmissionOutcome', SearchAttributeType.KEYWORD);
export const trackAttribute = defineSearchAttributeKey('SubmissionTrack', SearchAttributeType.KEYWORD);

export const searchAttributes = [stageAttribute, outcomeAttribute, trackAttribute];

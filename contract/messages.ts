import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Answer } from './attendance.ts';
import type { CallRules } from './call/call.ts';
import type { StatusDocument } from './http/status.ts';
import type { SubmissionRecord } from './record.ts';
import type { Stage } from './stages.ts';
import type { Conflict, Review, StageVerdict } from './state.ts';
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

/** Type of the workflow that sends one message, and the one place that makes its ids. */
export const delivery = 'delivery';
export const deliveryIdOf = (messageId: string) => `message-${messageId}`;

/** Whose message a workflow sends; `undefined` where it is about no submission. */
export const submissionOfDelivery = (workflowId: string) =>
  parseSubmissionId(/^message-([0-9a-f]{32})\./.exec(workflowId)?.[1] ?? '');

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
    why: string;
    stage: Stage;
    verdicts: StageVerdict[];
    conflicts?: Conflict[];
  };
};

/** The revision that a command is for, where it is to be refused once there is another one; or `noRevision`. */
export type Conditional = { onlyIf?: number };

/** No state has this revision: only the repetition of what has been done already is taken. */
export const noRevision = -1;

/** Answers the public snapshot: the query serves the gateway, and nothing internal can be asked for by its way. */
export const publicStatusQuery = defineQuery<StatusDocument>('publicStatus');

/** Answers all that is to be kept: it serves the reconciler, and nothing that is asked from outside. */
export const recordQuery = defineQuery<SubmissionRecord>('record');

/** Withdraws the submission, and answers the public snapshot. It is refused, by its type, once there is an outcome. */
export const withdrawUpdate = defineUpdate<StatusDocument, [Conditional]>('withdraw');

/** Who gives a command, by the name in the ACCESS_FILE; and when, by Temporal's clock, is the workflow's matter. */
type By = Conditional & { by: string };

export type ReviewCommand = By &
  Omit<Review, 'stage' | 'at' | 'by' | 'score'> & {
    /** Whether the call shows all reviews to the person's role at once. */
    seesAll?: true;
  };
/** `person`: whose conflict it is, where an organiser confirms that of another. */
export type ConflictCommand = By & { person?: string; why?: string };
export type DecideCommand = By & {
  /** The one that it is in: a decision that comes too late decides nothing else. */
  stage: Stage;
  outcome: StageVerdict['outcome'];
  /** The number of the verdict that it replaces, if there is one. */
  replaces?: number;
  why?: string;
  /** Without the quorum. It needs a reason. */
  isOverride?: true;
  rank?: number;
};
export type RescheduleCommand = By & { due: string; why?: string };
export type AnnounceCommand = By & { why?: string };
export type PromoteCommand = { freedBy: SubmissionId };
export type CloseCommand = By & { why?: string };
export type AnswerCommand = Conditional & { answer: Answer };

// Decisions of people, and what follows from them: updates, since a signal can neither refuse nor confirm.
export const reviewUpdate = defineUpdate<Review, [ReviewCommand]>('review');
export const conflictUpdate = defineUpdate<Conflict, [ConflictCommand]>('declareConflict');
export const decideUpdate = defineUpdate<StageVerdict, [DecideCommand]>('decide');
export const rescheduleUpdate = defineUpdate<void, [RescheduleCommand]>('reschedule');
/** Answers whether it was this one that announced it. */
export const announceUpdate = defineUpdate<boolean, [AnnounceCommand]>('announce');
/** Answers whether it took the place. */
export const promoteUpdate = defineUpdate<boolean, [PromoteCommand]>('promote');
export const closeUpdate = defineUpdate<void, [CloseCommand]>('close');
export const attendanceUpdate = defineUpdate<StatusDocument, [AnswerCommand]>('attendance');

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

import { defineUpdate } from '@temporalio/workflow';
import type { Answer } from '../attendance.ts';
import type { StatusDocument } from '../http/status.ts';
import type { Stage } from '../stages.ts';
import type { Conflict, Review, StageVerdict } from '../state.ts';
import type { SubmissionId } from '../submission-id.ts';

/** The revision that a command is for, where it is to be refused once there is another one; or `noRevision`. */
export type Conditional = { onlyIf?: number };

/** No state has this revision: only the repetition of what has been done already is taken. */
export const noRevision = -1;

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
export type ConflictCommand = By & { person?: string; reason?: string };
export type DecideCommand = By & {
  /** The one that it is in: a decision that comes too late decides nothing else. */
  stage: Stage;
  outcome: StageVerdict['outcome'];
  /** The number of the verdict that it replaces, if there is one. */
  replaces?: number;
  reason?: string;
  /** Without the quorum. It needs a reason. */
  override?: true;
  rank?: number;
};
export type RescheduleCommand = By & { due: string; reason?: string };
export type AnnounceCommand = By & { reason?: string };
export type PromoteCommand = { freedBy: SubmissionId };
export type CloseCommand = By & { reason?: string };
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

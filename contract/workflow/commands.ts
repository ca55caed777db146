import { defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer } from '../attendance.ts';
import type { StatusDocument } from '../http/status.ts';
import type { Stage } from '../stages.ts';
import type { Conflict, Review, StageVerdict } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { SubmissionId } from '../submission-id.ts';

/** `onlyIf`: the revision that the command is meant for; it is refused at any other one. */
export type Conditional = { onlyIf?: number };

/** No state has this revision, so that only the repetition of an applied command is accepted. */
export const noRevision = -1;

/** `generation`: of the token that it was given with. */
type BySpeaker = Conditional & { generation?: number };
export type WithdrawCommand = BySpeaker;

/** Returns the public status. Refused with `AlreadyConcluded` once there is an outcome. */
export const withdrawUpdate = defineUpdate<StatusDocument, [WithdrawCommand]>('withdraw');

type By = Conditional & { by: string };

export type ReviewCommand = By &
  Omit<Review, 'stage' | 'at' | 'by' | 'score' | 'edition' | 'textsOnRecord'> & {
    /** Whether the role sees the reviews of others before its own is in. */
    seesAll?: true;
  };
/** What the caller doesn't know of the review. Its texts are in the history once, with the command. */
export type Reviewed = Pick<Review, 'stage' | 'at' | 'score' | 'edition'>;
/** `person`: whose conflict an organiser confirms; by default, `by` declares one. */
export type ConflictCommand = By & { person?: string; reason?: string };
export type DecideCommand = By & {
  /** The expected stage, so that a late decision doesn't decide the next one. */
  stage: Stage;
  outcome: StageVerdict['outcome'];
  replaces?: number;
  reason?: string;
  override?: true;
  rank?: number;
};
export type RescheduleCommand = By & { due: string; reason?: string };
export type ProcessingCommand = By & { processing: 'restart' | 'end'; reason?: string };
/** `operation`: a repetition by the same one has the same result. */
export type AnnounceCommand = By & { operation?: string; reason?: string };
export type PromoteCommand = { freedBy: SubmissionId };
export type CloseCommand = By & { reason?: string };
export type CancelCommand = By & { reason: string };
export type AnswerCommand = BySpeaker & { answer: Answer };
/**
 * `submission`: the whole new text, with the address that stands. `email`: another address, if it names one. `onlyIf`: the
 * version of the text that is edited.
 */
export type EditCommand = BySpeaker & { submission: Submission; email?: string };
/** The version of the text that stands now. */
export type Edited = { edition: number };
/** `address`: the number of the address that the mail with the token went to. */
export type ProveCommand = Conditional & { address: number; answer: 'mine' | 'not-mine' };
/**
 * The generation of the speaker's tokens, if they are given to whoever has proved the address. `wasProved`: there was nothing
 * to do.
 */
export type Proved = { generation?: number; wasProved?: true };
export type Renewed = { generation: number };
/** `from`: the address that it corrects, as whoever gives the command knows it. */
export type CorrectAddressCommand = By & { from: string; email: string; reason: string };
/** `letter`: the key of the release that it is about. */
export type SettleCommand = Conditional & { letter: string; as: 'resend' | 'delivered' | 'abandoned' };

// Updates, since a signal can neither refuse nor confirm.
export const reviewUpdate = defineUpdate<Reviewed, [ReviewCommand]>('review');
export const conflictUpdate = defineUpdate<Conflict, [ConflictCommand]>('declareConflict');
export const decideUpdate = defineUpdate<StageVerdict, [DecideCommand]>('decide');
export const rescheduleUpdate = defineUpdate<void, [RescheduleCommand]>('reschedule');
export const processingUpdate = defineUpdate<void, [ProcessingCommand]>('setProcessing');
/** Returns false if the outcome had been announced already. */
export const announceUpdate = defineUpdate<boolean, [AnnounceCommand]>('announce');
export const promoteUpdate = defineUpdate<boolean, [PromoteCommand]>('promote');
export const closeUpdate = defineUpdate<void, [CloseCommand]>('close');
export const attendanceUpdate = defineUpdate<StatusDocument, [AnswerCommand]>('attendance');
/** An organiser cancels for the speaker. Returns the public status. */
export const cancelUpdate = defineUpdate<StatusDocument, [CancelCommand]>('cancelAttendance');

/** `address`: the number of the former address, which the mail with the token went to. */
export type UndoAddressCommand = Conditional & { address: number };
export type EndTokensCommand = BySpeaker;
export type RemindersCommand = BySpeaker & { reminders: 'on' | 'off' };

/** `to`: the address of a co-speaker who has accepted. */
export type HandOverCommand = BySpeaker & { to: string };
export const handOverUpdate = defineUpdate<void, [HandOverCommand]>('handOver');

export type CoSpeakerCommand = Conditional & { number: number; answer: 'accepted' | 'declined' };

export const coSpeakerUpdate = defineUpdate<void, [CoSpeakerCommand]>('answerAsCoSpeaker');
export const endTokensUpdate = defineUpdate<Renewed, [EndTokensCommand]>('endTokens');
export const undoAddressUpdate = defineUpdate<Renewed, [UndoAddressCommand]>('undoAddress');
export const remindersUpdate = defineUpdate<void, [RemindersCommand]>('setReminders');
/** Refused with `invalid-submission` for a text that the moderation would reject. */
export const editUpdate = defineUpdate<Edited, [EditCommand]>('edit');
export const proveUpdate = defineUpdate<Proved, [ProveCommand]>('prove');
export const correctAddressUpdate = defineUpdate<void, [CorrectAddressCommand]>('correctAddress');
/** Returns whether the speaker's time begins anew, and what they are sent is up to the submission. */
export const settleLetterUpdate = defineUpdate<boolean, [SettleCommand]>('settleLetter');

/** A letter to the speaker did not arrive: its key. */
export const undeliveredSignal = defineSignal<[string]>('undelivered');

/** Makes a workflow compare itself with its record, since an operator has reset it. */
export const resyncSignal = defineSignal('resync');

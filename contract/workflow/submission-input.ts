import type { CallRules } from '../call/rules.ts';
import type { StatusDocument } from '../http/status.ts';
import type { ShortCode } from '../short-code.ts';
import type { SubmissionStage } from '../stages.ts';
import type { Conflict, InvitedCoSpeaker, StageVerdict, SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { SubmissionId } from '../submission-id.ts';
import type { LateCommand } from './late-command.ts';

export const inputVersion = 1 as const;

export type SubmissionInput = {
  version: typeof inputVersion;
  id: SubmissionId;
  /** By which people name it aloud. */
  code?: ShortCode;
  /** Where the pages of the runbook are, for the details in Temporal's Web UI. */
  runbook?: string;
  /** By the gateway's clock, so that the status is the same before and after a worker has taken the workflow up. */
  createdAt: string;
  submission: Submission;
  fingerprint: string;
  /** The speaker's address was proved for the submission that this one reopens. */
  proved?: true;
  /** A receipt is sent. `origin`: a keyed hash of the network it came from, which limits how many are (contract H38). */
  receipt?: { origin: string };
  /** A later change of the call file doesn't change a running submission. */
  rules: CallRules;
  /** The ended submission that an organiser reopened: this one starts decided as it was, or at the stage where it failed. */
  reopens?: {
    id: SubmissionId;
    original: SubmissionId;
    by: string;
    reason: string;
    stage: SubmissionStage;
    verdicts: StageVerdict[];
    conflicts?: Conflict[];
    coSpeakers?: InvitedCoSpeaker[];
    /** It failed before anything was told: nobody else got its slot. */
    hasSlot?: true;
  };
  /**
   * The workflow goes on from here: what the run before it has reached, its last revision on record, as which run it wrote, and
   * the text that stands, unless it is the first.
   */
  carried?: { state: SubmissionState; known: number; run?: string; submission?: Submission };
  /** All that this run is for: a command that was given when its submission was over, and when. */
  late?: LateCommand & { at: string };
};

/** Written at the start, and by the workflow whenever the public status changes. */
export type SubmissionMemo = {
  publicStatus: StatusDocument;
  fingerprint: string;
};

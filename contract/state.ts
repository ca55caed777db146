import type { Answer } from './attendance.ts';
import type { EditableField } from './call/editable-fields.ts';
import type { Disclosure } from './call/rules.ts';
import type { Finding, WhenReferralIsDue } from './findings.ts';
import type { Release } from './mail/releases.ts';
import type { ProcessingError } from './outcomes.ts';
import type { ShortCode } from './short-code.ts';
import type { Stage, SubmissionStage } from './stages.ts';
import type { SubmissionId } from './submission-id.ts';

/** An explanation of a verdict by the service, for organisers. (A `reason` is what an organiser writes.) The code is stable. */
export type Reason = { code: string; detail: string };

export type Rating = { criterion: string; rating: number; reason: string };

/** Only the last stage has a waiting list. */
export type Verdict = {
  outcome: 'passed' | 'rejected' | 'waitlisted';
  reasons: Reason[];
  findings?: Finding[];
  ratings?: Rating[];
  /** Weighted mean of the `ratings` by the service, from 1 to 5. */
  automaticScore?: number;
  panelScore?: number;
};

export type StageVerdict = Verdict & {
  stage: Stage;
  decidedAt: string;
  /** Identifies the verdict; a later one on the submission has a higher number. */
  number: number;
  by?: string;
  reason?: string;
  override?: true;
  /** On the waiting list, from 1. Submissions without a rank follow in the order of their receipt. */
  rank?: number;
};

export type Review = {
  stage: Stage;
  by: string;
  at: string;
  scores?: Record<string, number>;
  score?: number;
  abstains?: true;
  note?: string;
  feedback?: string;
  /** Version of the text that it is about; missing for the first. */
  edition?: number;
  /** A digest of its note and feedback, which are in the record alone. */
  textsOnRecord?: number;
};

/** `by` has the conflict; `confirmedBy` is the organiser who confirmed one that was found and not declared. */
export type Conflict = { by: string; at: string; reason?: string; confirmedBy?: string; textsOnRecord?: true };

export type Command = { number: number; at: string; by: string; command: string; reason?: string; detail?: string };

/** A deadline with its reminders, as UTC instants. Calendars are read by activities; the state has their results. */
export type Dates = {
  due: string;
  /** Those to come, the earliest first. Missing until they are worked out for a deadline that was moved. */
  reminders?: string[];
};

/** What a stage is doing. `begun`: the service judges it, or its panel is to be opened. */
export type Work =
  | { kind: 'begun' }
  | ({ kind: 'panel'; isEscalated?: true } & Dates)
  /** A finding that the call wants people to judge. `verdict` is what applies if they pass it. */
  | { kind: 'referral'; due: string; whenDue: WhenReferralIsDue; isEscalated?: true; verdict: StageVerdict }
  /** The service gave up: an organiser starts it again, or ends it (`isEnded`). */
  | { kind: 'stuck'; isEnded?: true };

/** What the speaker is sent when their time begins anew: the acceptance again, the new date, or nothing. */
export type Anew = 'acceptance' | 'date' | 'nothing';

export type Attendance =
  /** `isHeld`: the acceptance has not reached the speaker, so their time doesn't run. `anew`: it begins anew. */
  ({ answer: 'awaited'; isHeld?: true; anew?: Anew } & Dates) | { answer: Answer | 'lapsed' };

/** A slot that has become free: it is given on, at once or once the outcomes of others may be known. */
export type FreeSlot = 'free' | 'held';

/** Where a submission stands, and all that is known only there: combinations that can't occur can't be written. */
export type Course =
  | { at: 'received' }
  | { at: 'stage'; stage: Stage; since: string; work: Work }
  /** The verdict on `stage` decides. The speaker knows nothing yet, or that it is on the waiting list. */
  | { at: 'decided'; stage: Stage; announced: 'no' | 'yes' | 'on-waiting-list' }
  | { at: 'accepted'; stage: Stage; attendance?: Attendance; slot?: FreeSlot }
  | { at: 'rejected' | 'waitlisted'; stage: Stage }
  | { at: 'withdrawn'; stage: SubmissionStage; slot?: FreeSlot }
  | { at: 'failed'; stage: SubmissionStage; error: ProcessingError };

/**
 * A later text has what the call wants people to judge. Until they do, or the time is over, no automatic verdict is reached,
 * and none is told.
 */
export type Recheck = { due: string; whenDue: WhenReferralIsDue; isEscalated?: true; findings: Finding[] };

export const stateVersion = 1 as const;

/** The state of a submission's workflow. `public-status.ts` decides what the public sees of it. */
export type SubmissionState = {
  version: typeof stateVersion;
  id: SubmissionId;
  code?: ShortCode;
  revision: number;
  createdAt: string;
  /** Last change of the public status. */
  lastUpdatedAt: string;
  /**
   * Last change of any kind, by the workflow's clock. A record may hold changes of a task that Temporal threw away: what was
   * changed later replaces them, whatever its revision. Missing before the first change.
   */
  changedAt?: string;
  disclosure: Disclosure;
  /** The stages of this submission, in their order. */
  stages: Stage[];
  course: Course;
  verdicts: StageVerdict[];
  reviews?: Review[];
  /** Who has ever reviewed at a stage: reviews of people with a conflict are dropped, but may have been read. */
  reviewers?: { stage: Stage; by: string }[];
  conflicts?: Conflict[];
  /** Lines of the audit, those that this workflow run has added or not recorded yet. */
  commands?: Command[];
  /** Number of the last line of the audit. */
  lastCommand?: number;
  /** How many commands each person has given. */
  given?: Record<string, number>;
  /** The first submission of the talk, if this one reopens it. Organisers announce its outcome, whatever the call says. */
  original?: SubmissionId;
  /** A reopened submission that was decided or announced anew: it has a slot of its own. */
  hasOwnSlot?: true;
  /** The submission whose slot it was promoted into. */
  promotedBy?: SubmissionId;
  /** The operation that announced it. */
  announcedIn?: string;
  /** The call is closed: how an undecided submission is decided. */
  closing?: 'automatic' | 'reject';
  /** An operator has cancelled the workflow. */
  isStopped?: true;
  releases?: Release[];
  /** All addresses that were ever named for the speaker, the first as submitted. Missing if it is the only one. */
  addresses?: string[];
  /** Which of them is the speaker's; the last one if missing. */
  address?: number;
  /** One that becomes the speaker's once it is proved. `by`: the organiser who has named it; the speaker if missing. */
  pendingAddress?: { number: number; by?: string } | undefined;
  /** Former addresses that may take the submission back until then, in the order in which they were replaced. */
  undos?: { address: number; until: string; isDone?: true }[];
  /** Those that were ever proved: mail to them is none that a stranger has caused. */
  provedAddresses?: number[];
  /** Whoever reads the speaker's mail has confirmed that the address is theirs, for this submission (contract H38). */
  proved?: true | undefined;
  /** The speaker has ended older tokens: links that prove this address give no more of them. */
  tokensEnded?: true | undefined;
  /** Of the speaker's tokens: earlier ones have ended (contract H40). Missing in states of before: see `generationOf`. */
  generation?: number;
  /** The address isn't the submitter's: nothing more is sent to it. */
  silenced?: true;
  noReminders?: true | undefined;
  /** Version of the text, from 1; missing for the first. */
  edition?: number;
  /** What each edit has changed, and when by the workflow's clock; the first one made the second version. */
  edits?: { at: string; fields: EditableField[] }[];
  recheck?: Recheck | undefined;
  /** Addresses of people whom an edit has removed from the co-speakers. Their conflicts of interest remain. */
  formerCoSpeakers?: string[];
  /** Co-speakers who were invited, by the numbers in their tokens. */
  coSpeakers?: InvitedCoSpeaker[];
};

/**
 * `answer`: missing until they have given it. `isRemoved`: the text named them no longer; named again, they are invited again,
 * with a number of their own.
 */
export type InvitedCoSpeaker = {
  number: number;
  name: string;
  email: string;
  answer?: 'accepted' | 'declined';
  isRemoved?: true;
};

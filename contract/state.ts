import type { Attendance } from './attendance.ts';
import type { Disclosure } from './call/rules.ts';
import type { Finding } from './findings.ts';
import type { Release } from './mail/releases.ts';
import type { Outcome, ProcessingError } from './outcomes.ts';
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

/** `textsOnRecord`: the workflow no longer carries its note and feedback, which are on record. */
export type Review = {
  stage: Stage;
  by: string;
  at: string;
  scores?: Record<string, number>;
  score?: number;
  abstains?: true;
  note?: string;
  feedback?: string;
  textsOnRecord?: true;
};

/** `by` has the conflict; `confirmedBy` is the organiser who confirmed one that was found and not declared. */
export type Conflict = { by: string; at: string; reason?: string; confirmedBy?: string; textsOnRecord?: true };

export type Panel = {
  stage: Stage;
  due: string;
  reminded: number;
  /** The deadline has passed, and the organisers were notified to decide. */
  isEscalated?: true;
  /** The deadline has passed, and only the service decides. */
  isClosed?: true;
};

export type Command = { number: number; at: string; by: string; command: string; reason?: string; detail?: string };

export type Conclusion = { kind: Outcome } | { kind: 'withdrawn' } | { kind: 'failed'; error: ProcessingError };

/** The state of a submission's workflow. `public-status.ts` decides what the public sees of it. */
export type SubmissionState = {
  id: SubmissionId;
  revision: number;
  createdAt: string;
  /** Last change of the public status. */
  lastUpdatedAt: string;
  disclosure: Disclosure;
  stage: SubmissionStage;
  verdicts: StageVerdict[];
  panel?: Panel;
  reviews?: Review[];
  conflicts?: Conflict[];
  commands?: Command[];
  /** The first submission of the talk, if this one reopens it. Organisers announce its outcome, whatever the call says. */
  original?: SubmissionId;
  isReleased?: true;
  /** The call is closed: how an undecided submission is decided. */
  closing?: 'automatic' | 'reject';
  isOnWaitlist?: true;
  /** The announced outcome, or another end. */
  conclusion?: Conclusion;
  attendance?: { answer: Attendance; due: string; reminded: number };
  releases?: Release[];
  isOver?: true;
};

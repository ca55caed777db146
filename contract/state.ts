import type { Attendance } from './attendance.ts';
import type { Disclosure } from './call/rules.ts';
import type { Finding } from './findings.ts';
import type { Release } from './mail/releases.ts';
import type { Outcome, ProcessingError } from './outcomes.ts';
import type { Stage, SubmissionStage } from './stages.ts';
import type { SubmissionId } from './submission-id.ts';

/** For the organisers, never for the speaker. The code is stable; the detail is one sentence. */
export type Reason = { code: string; detail: string };

export type Rating = { criterion: string; rating: number; reason: string };

/** What a stage comes to. Only the last one has a waiting list. */
export type Verdict = {
  outcome: 'passed' | 'rejected' | 'waitlisted';
  reasons: Reason[];
  /** What the moderation suspects. */
  findings?: Finding[];
  ratings?: Rating[];
  /** Weighted mean of what the service has measured in the text, from 1 to 5: no person has said it. */
  automaticScore?: number;
  /** Mean of the reviews' scores, where people have reviewed it. */
  panelScore?: number;
};

export type StageVerdict = Verdict & {
  stage: Stage;
  decidedAt: string;
  /** To refer to it: of two verdicts on a submission, the later one has the higher number. */
  number: number;
  /** The organiser who decided it, if a policy didn't. */
  by?: string;
  /** What the organiser said to it. */
  reason?: string;
  /** Decided without the quorum. */
  override?: true;
  /** On the waiting list, from 1. Without one, it is who came first. */
  rank?: number;
};

/** What one person says of a submission in one stage. With scores, or an abstention. */
export type Review = {
  stage: Stage;
  by: string;
  at: string;
  /** From 1 to 5, by the ids of the call's criteria. */
  scores?: Record<string, number>;
  /** Their mean, by the weights of the criteria that the submission was started with. */
  score?: number;
  abstains?: true;
  /** For the committee. */
  note?: string;
  /** For the speaker, with the outcome. */
  feedback?: string;
};

/** Of one person, who declared it; or an organiser has confirmed what was found about them. */
export type Conflict = { by: string; at: string; reason?: string; confirmedBy?: string };

/** The panel at work, or the last one that was. */
export type Panel = {
  stage: Stage;
  due: string;
  /** How many of the policy's reminders are behind it. */
  reminded: number;
  /** It is due, and the organisers were told to decide. */
  isEscalated?: true;
  /** It was due, and the service decides: nobody else does any more. */
  isClosed?: true;
};

/** Something that a person has done: who, what, when, why. */
export type Command = { number: number; at: string; by: string; command: string; reason?: string; detail?: string };

export type Conclusion = { kind: Outcome } | { kind: 'withdrawn' } | { kind: 'failed'; error: ProcessingError };

/** All that a submission's workflow knows of its way. What a reader may know of it, `public-status.ts` decides. */
export type SubmissionState = {
  id: SubmissionId;
  /** Counts the transitions: of two states, the later one has more of them. */
  revision: number;
  createdAt: string;
  /** Of what the public may see. */
  lastUpdatedAt: string;
  disclosure: Disclosure;
  /** The stage it is in, or ended in. */
  stage: SubmissionStage;
  verdicts: StageVerdict[];
  panel?: Panel;
  reviews?: Review[];
  conflicts?: Conflict[];
  commands?: Command[];
  /**
   * The one that its speaker made, where it goes on from one that was over: whatever its call says, its outcome is told when
   * an organiser announces it.
   */
  original?: SubmissionId;
  /** An organiser has announced what is decided, or the call is closed. */
  isReleased?: true;
  /** The call is closed: what is not decided is decided so, and nothing is waited for any more. */
  closing?: 'automatic' | 'reject';
  /** The speaker was told to be on the waiting list. */
  isOnWaitlist?: true;
  /** What the speaker is told, once it may be told. */
  conclusion?: Conclusion;
  attendance?: { answer: Attendance; due: string; reminded: number };
  /** All that people are to be told, in the order in which it came up. */
  releases?: Release[];
  /** Nothing will change any more. */
  isOver?: true;
};

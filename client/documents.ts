/** The documents of the API. `npm run openapi` makes them from the schemas of the contract. */

/** A newer service may know more words: they don't break a client. */
type Word<Known extends string> = Known | (string & {});

export type Submission = {
  /** At most 200 characters, at least one of them visible */
  readonly title: string;
  /** From 10 visible characters to 5,000 in all */
  readonly description: string;
  /** One of the call's tracks */
  readonly track: string;
  readonly speaker: {
    readonly name: string;
    readonly email: string;
    /** Who the speaker is */
    readonly bio?: string | undefined;
    /** ISO 3166-1 alpha-2 code, or a name */
    readonly country?: string | undefined;
  };
  /** One of the call's formats; the first one by default */
  readonly format?: string | undefined;
  readonly level?: 'beginner' | 'intermediate' | 'advanced' | undefined;
  /** Language of the talk, a BCP 47 tag */
  readonly language?: string | undefined;
  readonly coSpeakers?:
    | readonly {
        readonly name: string;
        readonly email: string;
      }[]
    | undefined;
  readonly links?: readonly string[] | undefined;
  /** For the committee only */
  readonly notes?: string | undefined;
  /** The accepted version of each consent text of the call */
  readonly consents?: Readonly<Record<string, string>> | undefined;
};

export type ReviewRequest = {
  /** From 1 to 5, by the ids of the call's criteria */
  readonly scores?: Readonly<Record<string, number>> | undefined;
  /** In place of scores */
  readonly abstains?: true | undefined;
  /** For the committee */
  readonly note?: string | undefined;
  /** For the speaker: sent with the outcome */
  readonly feedback?: string | undefined;
};

export type DecisionRequest = {
  /** The submission's current stage, so that a late decision doesn't decide the next one */
  readonly stage: 'moderation' | 'shortlisting' | 'selection';
  /** `waitlisted` is for the last stage */
  readonly outcome: 'passed' | 'rejected' | 'waitlisted';
  /** The number of the decision to replace */
  readonly replaces?: number | undefined;
  readonly reason?: string | undefined;
  /** Decide without the quorum; requires a reason */
  readonly override?: true | undefined;
  /** On the waiting list, from 1 */
  readonly rank?: number | undefined;
};

export type AnnouncementRequest = {
  /** By their ids */
  readonly submissions?: readonly string[] | undefined;
  /** All decided submissions that match; `{}` matches all */
  readonly filter?:
    | {
        readonly track?: string | undefined;
        readonly verdict?: 'passed' | 'rejected' | 'waitlisted' | undefined;
      }
    | undefined;
  /** When to announce; now if absent */
  readonly at?: string | undefined;
  readonly reason?: string | undefined;
};

export type ClosingRequest = {
  readonly force?: true | undefined;
  readonly reason?: string | undefined;
};

export type Status = {
  /** Opaque. Whoever holds it may read the status, and only that */
  readonly id: string;
  /** The last three are final. A rejection is `Succeeded` too; `Canceled` means withdrawn */
  readonly status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  /** The current or last stage. It never goes back */
  readonly stage: Word<'received' | 'moderation' | 'shortlisting' | 'selection' | 'under-review'>;
  readonly createdAt: string;
  /** Last change of this document */
  readonly lastUpdatedAt: string;
  /** Stages with a verdict, of all stages */
  readonly progress: {
    readonly completed: number;
    readonly total: number;
  };
  /** Final with `Succeeded`. With `Running`, `waitlisted`: a slot may come free */
  readonly result?:
    | {
        readonly outcome: Word<'accepted' | 'rejected' | 'waitlisted'>;
        /** With `accepted`, if the call asks for it: whether the speaker will come */
        readonly attendance?: Word<'awaited' | 'confirmed' | 'declined' | 'lapsed'> | undefined;
      }
    | undefined;
  /** With `Failed`: a stable code, and one sentence */
  readonly error?:
    | {
        readonly code: Word<'processing-failed' | 'processing-stopped' | 'processing-timed-out'>;
        readonly message: string;
      }
    | undefined;
};

export type Operation = {
  readonly id: string;
  readonly status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  /** When it begins, if it was scheduled */
  readonly at?: string | undefined;
  /** Submissions processed, of those that the organiser who started it may see. Others see 0 or 1 of 1: the operation itself */
  readonly progress: {
    readonly completed: number;
    readonly total: number;
  };
  /** With `Succeeded`, for the organiser who started it */
  readonly result?:
    | {
        /** Submissions that it has announced or ended */
        readonly done: number;
        /** Submissions that had been announced or had ended already, or were decided otherwise */
        readonly skipped: number;
      }
    | undefined;
  /** With `Failed` */
  readonly error?:
    | {
        readonly code: Word<'undelivered-answers' | 'still-open' | 'operation-failed'>;
        readonly message: string;
      }
    | undefined;
};

export type Erasure = {
  readonly id: string;
  /** `erased`: nothing of it is left. `erasing`: Temporal is still deleting its copy */
  readonly state: Word<'erased' | 'erasing'>;
};

export type Verdict = {
  readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
  readonly outcome: Word<'passed' | 'rejected' | 'waitlisted'>;
  readonly reasons: readonly {
    readonly code: string;
    readonly detail: string;
  }[];
  /** What the moderation suspects, and what follows by the rules of the call. `reject`: it was rejected for it */
  readonly findings?:
    | readonly {
        readonly check: Word<'length' | 'links' | 'language' | 'words'>;
        readonly consequence: Word<'flag' | 'refer' | 'reject'>;
        readonly detail: string;
      }[]
    | undefined;
  readonly ratings?:
    | readonly {
        readonly criterion: string;
        readonly rating: number;
        readonly reason: string;
      }[]
    | undefined;
  /** Weighted mean of what the service has measured in the text */
  readonly automaticScore?: number | undefined;
  /** Mean of the reviews' scores, if there are reviews */
  readonly panelScore?: number | undefined;
  readonly decidedAt: string;
  /** Identifies the verdict in `replaces` */
  readonly number: number;
  /** The organiser who decided; absent if the policy did */
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  /** Decided without the quorum */
  readonly override?: true | undefined;
  /** On the waiting list */
  readonly rank?: number | undefined;
};

export type Review = {
  readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
  readonly by: string;
  readonly at: string;
  readonly scores?: Readonly<Record<string, number>> | undefined;
  /** Mean of the scores, weighted by the call's criteria */
  readonly score?: number | undefined;
  readonly abstains?: true | undefined;
  readonly note?: string | undefined;
  readonly feedback?: string | undefined;
};

export type ListedSubmission = {
  readonly id: string;
  readonly createdAt: string;
  /** Last change of what the speaker may see */
  readonly lastUpdatedAt: string;
  readonly stage: Word<'received' | 'moderation' | 'shortlisting' | 'selection'>;
  /** For organisers, once the speaker may know it */
  readonly outcome?: Word<'accepted' | 'rejected' | 'waitlisted' | 'withdrawn' | 'failed'> | undefined;
  /** For organisers, after an acceptance that asks for an answer */
  readonly attendance?: Word<'awaited' | 'confirmed' | 'declined' | 'lapsed'> | undefined;
  /** For organisers */
  readonly verdicts?: readonly Verdict[] | undefined;
  /** During the review, and afterwards for organisers. The statistics are of the reviews' scores, and only for those who see the reviews */
  readonly panel?:
    | {
        readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
        /** While the panel takes reviews */
        readonly due?: string | undefined;
        /** Reviews with scores: those that count towards the quorum */
        readonly reviews: number;
        readonly abstentions?: number | undefined;
        readonly mean?: number | undefined;
        readonly median?: number | undefined;
        /** 0 if all reviews agree */
        readonly standardDeviation?: number | undefined;
      }
    | undefined;
  /** For organisers: other submissions by the same speaker, or with nearly the same text, if the reader may see them */
  readonly flags?:
    | readonly {
        readonly flag: Word<'same-speaker' | 'similar-text'>;
        readonly other: string;
      }[]
    | undefined;
  /** Possible conflicts of interest: a reviewer's own; for an organiser, everybody's */
  readonly possibleConflicts?:
    | readonly {
        readonly person: string;
        /** Shares another talk of the call with one of the speakers */
        readonly kind: 'co-author';
        /** Those talks; hidden from the person concerned */
        readonly others?: readonly string[] | undefined;
      }[]
    | undefined;
  readonly submission: {
    /** At most 200 characters, at least one of them visible */
    readonly title: string;
    /** From 10 visible characters to 5,000 in all */
    readonly description: string;
    readonly track: string;
    readonly speaker?:
      | {
          readonly name?: string | undefined;
          readonly email?: string | undefined;
          /** Who the speaker is */
          readonly bio?: string | undefined;
          /** ISO 3166-1 alpha-2 code, or a name */
          readonly country?: string | undefined;
        }
      | undefined;
    readonly format: string;
    readonly level?: Word<'beginner' | 'intermediate' | 'advanced'> | undefined;
    /** Language of the talk, a BCP 47 tag */
    readonly language?: string | undefined;
    readonly coSpeakers?:
      | readonly {
          readonly name: string;
          readonly email: string;
        }[]
      | undefined;
    readonly links?: readonly string[] | undefined;
    /** For the committee only */
    readonly notes?: string | undefined;
    readonly consents?: Readonly<Record<string, string>> | undefined;
  };
};

export type SubmissionView = ListedSubmission & {
  /** The reader's own; those of others once the reader's own is in. Organisers see all, unless the call says otherwise */
  readonly reviews: readonly Review[];
};

export type LeftOpen = {
  readonly opens: string;
  readonly closes: string;
  readonly open: {
    readonly count: number;
    readonly submissions: readonly {
      readonly id: string;
      readonly awaits: string;
    }[];
  };
  readonly undelivered: {
    readonly count: number;
    readonly messages: readonly {
      readonly id: string;
      readonly state: Word<'pending' | 'sending' | 'sent' | 'refused' | 'bounced' | 'parked' | 'abandoned'>;
    }[];
  };
};

export type Message = {
  readonly id: string;
  readonly submission: string;
  readonly release: string;
  readonly channel: Word<'email' | 'slack' | 'webhook' | 'outbox'>;
  /** `parked`: it is unknown whether it was sent, or it could not be rendered; an organiser has to decide */
  readonly state: Word<'pending' | 'sending' | 'sent' | 'refused' | 'bounced' | 'parked' | 'abandoned'>;
  readonly attempts: number;
  readonly detail?: string | undefined;
  readonly to?: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Preview = {
  readonly name: Word<
    | 'accepted'
    | 'rejected'
    | 'waitlisted'
    | 'promoted'
    | 'not-promoted'
    | 'attendance-reminder'
    | 'lapsed'
    | 'reopened'
    | 'rejected-by-rule'
  >;
  /** Whether it is one of the call's own templates */
  readonly isOwn: boolean;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly errors?:
    | readonly {
        readonly detail: string;
        /** JSON Pointer (RFC 6901) */
        readonly pointer: string;
      }[]
    | undefined;
};

/** The documents of the API. `npm run openapi` makes them from the schemas of the contract. */

/** A newer service may know more words: they don't break a client. */
type Word<Known extends string> = Known | (string & {});

export type Submission = {
  /** At most 200 characters, one of them visible at least */
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
  /** One of the call's formats; the first one if left out */
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
  /** The version agreed to of each text that the call asks for */
  readonly consents?: Readonly<Record<string, string>> | undefined;
};

export type ReviewRequest = {
  /** From 1 to 5, by the ids of the call's criteria */
  readonly scores?: Readonly<Record<string, number>> | undefined;
  /** In place of scores */
  readonly abstains?: true | undefined;
  /** For the committee */
  readonly note?: string | undefined;
  /** For the speaker: it goes with the outcome */
  readonly feedback?: string | undefined;
};

export type DecisionRequest = {
  /** The one that it is in: a decision that comes too late decides nothing else */
  readonly stage: 'moderation' | 'shortlisting' | 'selection';
  /** `waitlisted` is for the last stage */
  readonly outcome: 'passed' | 'rejected' | 'waitlisted';
  /** The number of the decision that stands, to decide otherwise */
  readonly replaces?: number | undefined;
  readonly reason?: string | undefined;
  /** Without the quorum; it needs a reason */
  readonly override?: true | undefined;
  /** On the waiting list, from 1 */
  readonly rank?: number | undefined;
};

export type AnnouncementRequest = {
  /** By their ids */
  readonly submissions?: readonly string[] | undefined;
  /** All that are decided so; `{}` for all */
  readonly filter?:
    | {
        readonly track?: string | undefined;
        readonly verdict?: 'passed' | 'rejected' | 'waitlisted' | undefined;
      }
    | undefined;
  /** Not now, but then */
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
  /** The last three are final. A rejection is a success of the process; `Canceled` means withdrawn */
  readonly status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  /** Where it is, or where it ended. It never goes back */
  readonly stage: Word<'received' | 'moderation' | 'shortlisting' | 'selection' | 'under-review'>;
  readonly createdAt: string;
  /** Of what is shown here */
  readonly lastUpdatedAt: string;
  /** Verdicts reached, of all there may be */
  readonly progress: {
    readonly completed: number;
    readonly total: number;
  };
  /** With `Succeeded`, it is final; with `Running`, `waitlisted` says that a place may come free */
  readonly result?:
    | {
        readonly outcome: Word<'accepted' | 'rejected' | 'waitlisted'>;
        /** With `accepted`, where the call asks for it: whether the speaker will come */
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
  /** When it begins, if that was said */
  readonly at?: string | undefined;
  /** Submissions that it has dealt with, of all that who started it may see. For others it is the operation itself: 0 or 1 of 1 */
  readonly progress: {
    readonly completed: number;
    readonly total: number;
  };
  /** With `Succeeded`, for who started it */
  readonly result?:
    | {
        /** Submissions that it has announced, or brought to their end */
        readonly done: number;
        /** Those that were announced, withdrawn or over before it came to them, or decided otherwise */
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
  /** `erased`: nothing of it is left. `erasing`: Temporal still deletes its copy, and is asked until it has */
  readonly state: Word<'erased' | 'erasing'>;
};

export type Verdict = {
  readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
  readonly outcome: Word<'passed' | 'rejected' | 'waitlisted'>;
  readonly reasons: readonly {
    readonly code: string;
    readonly detail: string;
  }[];
  /** What the moderation suspects, and what the call says comes of it: `reject` is why it was rejected */
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
  /** Weighted mean of what the service has measured in the text: no person has said it */
  readonly automaticScore?: number | undefined;
  /** Mean of the reviews' scores, where people have reviewed it */
  readonly panelScore?: number | undefined;
  readonly decidedAt: string;
  /** Names it, to decide otherwise */
  readonly number: number;
  /** Who decided it; without, it was the policy */
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
  /** Mean of the scores, by the criteria's weights */
  readonly score?: number | undefined;
  readonly abstains?: true | undefined;
  readonly note?: string | undefined;
  readonly feedback?: string | undefined;
};

export type ListedSubmission = {
  readonly id: string;
  readonly createdAt: string;
  /** Of what the speaker may see */
  readonly lastUpdatedAt: string;
  readonly stage: Word<'received' | 'moderation' | 'shortlisting' | 'selection'>;
  /** For organisers, once there is one, and the speaker may know it */
  readonly outcome?: Word<'accepted' | 'rejected' | 'waitlisted' | 'withdrawn' | 'failed'> | undefined;
  /** For organisers, after an acceptance that is to be answered */
  readonly attendance?: Word<'awaited' | 'confirmed' | 'declined' | 'lapsed'> | undefined;
  /** For organisers */
  readonly verdicts?: readonly Verdict[] | undefined;
  /** While people review it, and for organisers afterwards, too. The numbers are of the reviews' own scores; they are there for those who see the reviews */
  readonly panel?:
    | {
        readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
        /** While it takes reviews */
        readonly due?: string | undefined;
        /** Those with scores, which a quorum counts */
        readonly reviews: number;
        readonly abstentions?: number | undefined;
        readonly mean?: number | undefined;
        readonly median?: number | undefined;
        /** Of these reviews: 0 where all agree */
        readonly standardDeviation?: number | undefined;
      }
    | undefined;
  /** For organisers, what to look at: the other submission by the same speaker, or with nearly the same text, where they may see that one */
  readonly flags?:
    | readonly {
        readonly flag: Word<'same-speaker' | 'similar-text'>;
        readonly other: string;
      }[]
    | undefined;
  /** Of interest, in lists and with the submission itself: for a reviewer their own, for an organiser those of anybody */
  readonly possibleConflicts?:
    | readonly {
        readonly person: string;
        /** Named beside one of the speakers, in another talk of the call */
        readonly kind: 'co-author';
        /** Those talks; not for the person that it is about */
        readonly others?: readonly string[] | undefined;
      }[]
    | undefined;
  readonly submission: {
    /** At most 200 characters, one of them visible at least */
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
  /** One's own; those of the others once one's own is in. Organisers see all, unless the call says otherwise */
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
  /** `parked`: nobody knows whether it went out, or it could not be written */
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
  /** Whether it is one of the call's own texts */
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

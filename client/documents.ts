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

export type ProcessingRequest = {
  /** `restart`: its stage is judged again. `end`: it fails, and its speaker is told */
  readonly processing: 'restart' | 'end';
  readonly reason?: string | undefined;
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
  readonly id: string;
  readonly status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly stage: Word<'received' | 'moderation' | 'shortlisting' | 'selection' | 'under-review'>;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  readonly progress: {
    readonly completed: number;
    readonly total: number;
  };
  readonly result?:
    | {
        readonly outcome: Word<'accepted' | 'rejected' | 'waitlisted'>;
        readonly attendance?: Word<'awaited' | 'confirmed' | 'declined' | 'lapsed' | 'canceled'> | undefined;
      }
    | undefined;
  readonly error?:
    | {
        readonly code: Word<'processing-failed' | 'processing-stopped'>;
        readonly message: string;
      }
    | undefined;
};

export type Operation = {
  readonly id: string;
  readonly status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  readonly at?: string | undefined;
  readonly progress: {
    readonly completed: number;
    readonly total: number;
  };
  readonly result?:
    | {
        readonly done: number;
        readonly skipped: number;
      }
    | undefined;
  readonly error?:
    | {
        readonly code: Word<'some-stuck' | 'undelivered-answers' | 'operation-failed'>;
        readonly message: string;
        readonly submissions?: readonly string[] | undefined;
      }
    | undefined;
};

export type Erasure = {
  readonly id: string;
  readonly state: Word<'erased' | 'erasing'>;
};

export type Verdict = {
  readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
  readonly outcome: Word<'passed' | 'rejected' | 'waitlisted'>;
  readonly reasons: readonly {
    readonly code: string;
    readonly detail: string;
  }[];
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
  readonly automaticScore?: number | undefined;
  readonly panelScore?: number | undefined;
  readonly decidedAt: string;
  readonly number: number;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  readonly override?: true | undefined;
  readonly rank?: number | undefined;
};

export type Review = {
  readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
  readonly by: string;
  readonly at: string;
  readonly scores?: Readonly<Record<string, number>> | undefined;
  readonly score?: number | undefined;
  readonly abstains?: true | undefined;
  readonly note?: string | undefined;
  readonly feedback?: string | undefined;
  readonly edition?: number | undefined;
  readonly isStale?: true | undefined;
};

export type ListedSubmission = {
  readonly id: string;
  readonly code?: string | undefined;
  readonly createdAt: string;
  readonly edition?: number | undefined;
  readonly lastUpdatedAt: string;
  readonly stage: Word<'received' | 'moderation' | 'shortlisting' | 'selection'>;
  readonly outcome?: Word<'accepted' | 'rejected' | 'waitlisted' | 'withdrawn' | 'failed'> | undefined;
  readonly attendance?: Word<'awaited' | 'confirmed' | 'declined' | 'lapsed' | 'canceled'> | undefined;
  readonly verdicts?: readonly Verdict[] | undefined;
  readonly awaits?:
    | Word<'moderation' | 'shortlisting' | 'selection' | 'announcement' | 'slot' | 'attendance' | 'organisers'>
    | undefined;
  readonly referral?:
    | {
        readonly due: string;
        readonly whenDue: Word<'pass' | 'escalate'>;
        readonly findings: readonly {
          readonly check: Word<'length' | 'links' | 'language' | 'words'>;
          readonly consequence: Word<'flag' | 'refer' | 'reject'>;
          readonly detail: string;
        }[];
      }
    | undefined;
  readonly isStuck?: true | undefined;
  readonly panel?:
    | {
        readonly stage: Word<'moderation' | 'shortlisting' | 'selection'>;
        readonly due?: string | undefined;
        readonly reviews: number;
        readonly abstentions?: number | undefined;
        readonly mean?: number | undefined;
        readonly median?: number | undefined;
        readonly standardDeviation?: number | undefined;
      }
    | undefined;
  readonly flags?:
    | readonly {
        readonly flag: Word<'same-speaker' | 'similar-text' | 'over-limit'>;
        readonly other?: string | undefined;
      }[]
    | undefined;
  readonly possibleConflicts?:
    | readonly {
        readonly person: string;
        readonly kind: 'co-author';
        readonly others?: readonly string[] | undefined;
      }[]
    | undefined;
  readonly submission: {
    readonly title: string;
    readonly description: string;
    readonly track: string;
    readonly speaker?:
      | {
          readonly name?: string | undefined;
          readonly email?: string | undefined;
          readonly bio?: string | undefined;
          readonly country?: string | undefined;
        }
      | undefined;
    readonly format: string;
    readonly level?: Word<'beginner' | 'intermediate' | 'advanced'> | undefined;
    readonly language?: string | undefined;
    readonly coSpeakers?:
      | readonly {
          readonly name: string;
          readonly email: string;
          readonly answer?: Word<'invited' | 'accepted' | 'declined'> | undefined;
        }[]
      | undefined;
    readonly links?: readonly string[] | undefined;
    readonly notes?: string | undefined;
    readonly consents?: Readonly<Record<string, string>> | undefined;
  };
};

export type SubmissionView = ListedSubmission & {
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
      readonly state: Word<
        'pending' | 'held' | 'sending' | 'sent' | 'refused' | 'bounced' | 'parked' | 'abandoned' | 'superseded'
      >;
    }[];
  };
};

export type Message = {
  readonly id: string;
  readonly submission: string;
  readonly release: string;
  readonly channel: Word<'email' | 'slack' | 'webhook' | 'outbox'>;
  readonly state: Word<
    'pending' | 'held' | 'sending' | 'sent' | 'refused' | 'bounced' | 'parked' | 'abandoned' | 'superseded'
  >;
  readonly attempts: number;
  readonly detail?: string | undefined;
  readonly to?: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type Preview = {
  readonly name: Word<
    | 'receipt'
    | 'over-limit'
    | 'address-proof'
    | 'address-changing'
    | 'co-speaker-invited'
    | 'co-speaker-told'
    | 'accepted'
    | 'rejected'
    | 'waitlisted'
    | 'promoted'
    | 'not-promoted'
    | 'attendance-reminder'
    | 'deadline-moved'
    | 'lapsed'
    | 'canceled-by-organisers'
    | 'reopened'
    | 'address-corrected'
    | 'address-replaced'
    | 'not-processed'
    | 'rejected-by-rule'
    | 'news'
    | 'access'
  >;
  readonly isOwn: boolean;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export type Proposal = {
  readonly title: string;
  readonly description: string;
  readonly track: string;
  readonly speaker: {
    readonly name: string;
    readonly email: string;
    readonly bio?: string | undefined;
    readonly country?: string | undefined;
  };
  readonly format: string;
  readonly level?: Word<'beginner' | 'intermediate' | 'advanced'> | undefined;
  readonly language?: string | undefined;
  readonly coSpeakers?:
    | readonly {
        readonly name: string;
        readonly email: string;
      }[]
    | undefined;
  readonly links?: readonly string[] | undefined;
  readonly notes?: string | undefined;
  readonly consents?: Readonly<Record<string, string>> | undefined;
  readonly version: number;
  readonly about: {
    readonly isProved: boolean;
    readonly pendingAddress?: string | undefined;
    readonly editable: readonly Word<
      | 'title'
      | 'description'
      | 'track'
      | 'format'
      | 'level'
      | 'language'
      | 'links'
      | 'notes'
      | 'consents'
      | 'coSpeakers'
      | 'speaker.name'
      | 'speaker.email'
      | 'speaker.bio'
      | 'speaker.country'
    >[];
    readonly editableUntil?: string | undefined;
    readonly reminders: Word<'on' | 'off'>;
    readonly isOverLimit?: true | undefined;
    readonly coSpeakers: readonly {
      readonly email: string;
      readonly answer: Word<'not-invited' | 'invited' | 'accepted' | 'declined'>;
    }[];
  };
};

export type Talk = {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly isProved: boolean;
  readonly speakerToken?: string | undefined;
  readonly proofToken?: string | undefined;
};

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly errors?:
    | readonly {
        readonly detail: string;
        readonly pointer: string;
      }[]
    | undefined;
};

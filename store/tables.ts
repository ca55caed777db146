import type { ColumnType, Generated } from 'kysely';
import type { Finding } from '../contract/findings.ts';
import type { Flag } from '../contract/flags.ts';
import type { Channel, MessageState } from '../contract/mail/message.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { Outcome } from '../contract/outcomes.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { ChangeNumber } from './change-number.ts';

/** An entry of a feed. It gets its number when the feed is read next. */
type Numbered = { place: Generated<number>; number: ColumnType<ChangeNumber | null, undefined, ChangeNumber> };

/** The tables, the same in both databases. Instants are ISO 8601 in UTC, which sorts as text; JSON is stored as text. */
export type Tables = {
  /** The last number that each feed has given. The name is that of its table. */
  feeds: { feed: 'changes' | 'announcements' | 'audit'; last: number };

  /** Submissions that were written or erased, in the order of writing. Of the numbered ones the last of each stays. */
  changes: { id: SubmissionId } & Numbered;

  submissions: {
    id: SubmissionId;
    revision: number;
    /** The run of the workflow that wrote it. */
    run: string;
    /** By which people name it aloud. */
    code: string | null;
    created_at: string;
    track: string;
    stage: string;
    /** When it came into its stage; `null` once that is decided. */
    stage_since: string | null;
    verdict: string | null;
    /** The value of the workflow's search attribute. */
    awaits: string;
    outcome: string | null;
    is_over: number;
    rank: number | null;
    is_overdue: number;
    public_status: string;
    fingerprint: string;
    /** Names, addresses and declared conflicts, with those of all submissions of the same original. */
    parties: string;
    /** Its own id, unless it continues a reopened submission. */
    original: SubmissionId;
    speaker: string;
    /** The speaker's address as it was given, in lower case; empty if it was refused as not theirs. */
    holder: string;
    is_proved: number;
    submission: string;
    state: string;
  };

  /** Pairs of speakers of a submission, in both directions, by their normalised addresses. */
  co_speakers: { address: string; beside: string; submission_id: SubmissionId };

  /** Texts of submissions that were edited, from the first one to the one that stands. */
  versions: { submission_id: SubmissionId; number: number; at: string; submission: string };

  texts: { place: Generated<number>; submission_id: SubmissionId; sketch: string };

  /** The first hashes of each sketch; texts that share enough of them are compared. */
  sketch_hashes: { submission_id: SubmissionId; hash: number };

  flags: { submission_id: SubmissionId; flag: Flag; other_id: SubmissionId };

  findings: { submission_id: SubmissionId; found_by: Finding['check'] };

  erasures: {
    id: SubmissionId;
    original: SubmissionId;
    erased_at: string;
    /** Names of the people who had a conflict of interest: its audit stays hidden from them. */
    kept_from: string;
    /** When Temporal had deleted it. */
    forgotten_at: string | null;
  };

  messages: {
    id: MessageId;
    submission_id: SubmissionId | null;
    release: string;
    channel: Channel;
    /** The order in which messages about a submission are sent. */
    position: number;
    state: MessageState;
    attempts: number;
    /** How often it was put off since it was written, or since an organiser sent it again. */
    postponed: number;
    /** When it may be tried again. */
    due_at: string | null;
    claimed_by: string;
    /** When the closing of the call had it sent, whatever the caps. */
    closed_at: string | null;
    detail: string | null;
    /** The fields it is rendered from, without the speaker token. */
    content: string;
    created_at: string;
    updated_at: string;
  };

  /** Requests for a link to the talks of an address, known or not (contract H39). They go when they are answered. */
  access_requests: {
    id: string;
    /** The address as it was given, in lower case. */
    holder: string;
    /** What the mail is made of. */
    call: string;
    asked_at: string;
    due_at: string;
    /** When an attempt that fails is the last one. */
    stale_at: string;
    /** By which attempt of an activity it is being answered; empty while it waits. */
    claimed_by: string;
    claimed_at: string | null;
    /** The mail is in the budget of its address: from then on, it was perhaps sent. */
    is_charged: number;
  };

  /** Mails that count in a budget. `key`: of an address or a network, by a hash; `since`: the day or the hour of the budget. */
  charges: { key: string; since: string; mail: string; at: string };

  announcements: {
    submission_id: SubmissionId;
    release: string;
    outcome: Outcome;
    announced_at: string;
  } & Numbered;

  /** Slots that became free, and the submission that each is assigned to: nobody else is promoted into it. */
  freed_slots: {
    freed_by: SubmissionId;
    /** Not given on before `held_until`, or before the next announcement. */
    is_held: number;
    held_until: string | null;
    assigned_to: SubmissionId | null;
    /** The submission has taken it. */
    is_taken: number;
    /** The call was closed while it was free. */
    is_dropped: number;
  };

  audit: {
    id: string;
    at: string;
    by: string;
    command: string;
    submission_id: SubmissionId | null;
    reason: string | null;
    detail: string | null;
  } & Numbered;

  /** One row. */
  reconciliation: {
    /** Time of the last complete run. */
    completed_at: string | null;
    digest_day: string | null;
    /** After a restore: the time of the last complete run before the backup. */
    complete_until: string | null;
  };
};

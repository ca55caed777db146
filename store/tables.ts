import type { Finding } from '../contract/findings.ts';
import type { Flag } from '../contract/flags.ts';
import type { Channel, MessageState } from '../contract/mail/message.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { ChangeNumber } from './change-number.ts';

/** The tables, the same in both databases. Instants are ISO 8601 in UTC, which sort as text; JSON is kept as text. */
export type Tables = {
  /** One row: the number that was taken last. Changes are made one after the other, in this order. */
  changes: { number: ChangeNumber };

  submissions: {
    id: SubmissionId;
    /** The last change. */
    change: ChangeNumber;
    /** Of the workflow's state. */
    revision: number;
    created_at: string;
    track: string;
    stage: string;
    /** Of its stage. */
    verdict: string | null;
    /** What it waits for, as the search attribute of its workflow has it. */
    awaited: string;
    outcome: string | null;
    /** 1 when nothing will change any more. */
    is_over: number;
    /** On the waiting list, where an organiser has given it one. */
    rank: number | null;
    /** 1 while its panel is due, and waits for a decision. */
    is_overdue: number;
    /** The status document. */
    public_status: string;
    /** Of the request (contract H10). */
    fingerprint: string;
    /** What conflicts of interest are found by, with those of all that have the same original. */
    parties: string;
    /** The one that its speaker made: itself, unless it goes on from another one that an organiser has reopened. */
    original: SubmissionId;
    /** The normal form of the e-mail address. */
    speaker: string;
    submission: string;
    state: string;
  };

  /** Who is named beside whom in a submission, both ways, by the normal form of their addresses. */
  co_speakers: { address: string; beside: string; submission_id: SubmissionId };

  /** By `workflowId:activityId`, which stays the same when the activity is tried again. */
  verdicts: { key: string; submission_id: SubmissionId; verdict: string };

  /** The sketch that a text is compared by; its change tells which texts are earlier. */
  texts: { submission_id: SubmissionId; change: ChangeNumber; sketch: string; is_compared: number };

  /** The first hashes of each sketch: texts that share enough of them are compared. */
  sketch_hashes: { submission_id: SubmissionId; hash: number };

  flags: { submission_id: SubmissionId; flag: Flag; other_id: SubmissionId };

  /** Which checks of the moderation have found something; what they found is in the verdict. */
  findings: { submission_id: SubmissionId; found_by: Finding['check'] };

  erasures: {
    id: SubmissionId;
    original: SubmissionId;
    change: ChangeNumber;
    erased_at: string;
    /** Names of the people who had a conflict of interest: what the audit has of it stays hidden from them. */
    kept_from: string;
    /** When Temporal was seen to have nothing of it any more. */
    forgotten_at: string | null;
  };

  /** The talks that count against a speaker's quota, from 1. One that was withdrawn has no number. */
  quota: { speaker: string; talk: number | null; submission_id: SubmissionId };

  messages: {
    id: MessageId;
    /** None, of a message about many. */
    submission_id: SubmissionId | null;
    release: string;
    channel: Channel;
    state: MessageState;
    attempts: number;
    /** The attempt that claimed it last. */
    claimed_by: string;
    /** What the receiver answered, or what is wrong. */
    detail: string | null;
    /** All that it is made of, but for what gives access. */
    content: string;
    created_at: string;
    updated_at: string;
  };

  announcements: {
    number: ChangeNumber;
    submission_id: SubmissionId;
    release: string;
    outcome: string;
    announced_at: string;
  };

  /** Slots of the programme that came free, to whom each was offered last, and who took it. */
  freed_slots: { freed_by: SubmissionId; offered_to: SubmissionId | null; taken_by: SubmissionId | null };

  /** What people have done; it only grows. */
  audit: {
    id: string;
    number: ChangeNumber;
    at: string;
    by: string;
    command: string;
    submission_id: SubmissionId | null;
    reason: string | null;
    detail: string | null;
  };

  /** One row: when the records were last compared with all workflows, and the day of the last digest. */
  reconciliation: { completed_at: string | null; digest_day: string | null };
};

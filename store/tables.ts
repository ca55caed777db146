import type { Finding } from '../contract/findings.ts';
import type { Flag } from '../contract/flags.ts';
import type { Channel, MessageState } from '../contract/mail/message.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { Outcome } from '../contract/outcomes.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { ChangeNumber } from './change-number.ts';

/** The tables, the same in both databases. Instants are ISO 8601 in UTC, which sort as text; JSON is kept as text. */
export type Tables = {
  /** One row: the number that was taken last. */
  changes: { number: ChangeNumber };

  submissions: {
    id: SubmissionId;
    change: ChangeNumber;
    revision: number;
    created_at: string;
    track: string;
    stage: string;
    verdict: string | null;
    /** As the search attribute of its workflow has it. */
    awaits: string;
    outcome: string | null;
    is_over: number;
    rank: number | null;
    is_overdue: number;
    public_status: string;
    fingerprint: string;
    /** What conflicts of interest are found by, with those of all that have the same original. */
    parties: string;
    /** Itself, unless it goes on from another submission that an organiser has reopened. */
    original: SubmissionId;
    speaker: string;
    submission: string;
    state: string;
  };

  /** Who is named beside whom in a submission, both ways, by the normal form of their addresses. */
  co_speakers: { address: string; beside: string; submission_id: SubmissionId };

  /** By `workflowId:activityId`, which stays the same when the activity is tried again. */
  verdicts: { key: string; submission_id: SubmissionId; verdict: string };

  texts: { submission_id: SubmissionId; change: ChangeNumber; sketch: string; is_compared: number };

  /** The first hashes of each sketch: texts that share enough of them are compared. */
  sketch_hashes: { submission_id: SubmissionId; hash: number };

  flags: { submission_id: SubmissionId; flag: Flag; other_id: SubmissionId };

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

  /** The talks that count against a speaker's quota, from 1: one that was withdrawn has no number. */
  quota: { speaker: string; talk: number | null; submission_id: SubmissionId };

  messages: {
    id: MessageId;
    submission_id: SubmissionId | null;
    release: string;
    channel: Channel;
    state: MessageState;
    attempts: number;
    claimed_by: string;
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
    outcome: Outcome;
    announced_at: string;
  };

  /** Slots of the programme that came free, to whom each was offered last, and who took it. */
  freed_slots: { freed_by: SubmissionId; offered_to: SubmissionId | null; taken_by: SubmissionId | null };

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

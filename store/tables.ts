import type { Finding } from '../contract/findings.ts';
import type { Flag } from '../contract/flags.ts';
import type { Channel, MessageState } from '../contract/mail/message.ts';

/** The tables, the same in both databases. Instants are ISO 8601 in UTC, which sort as text; JSON is kept as text. */
export type Tables = {
  /** One row. Each change of a record takes the next number: they are made one after the other, in this order. */
  changes: { number: number };

  submissions: {
    id: string;
    /** Of the last change. */
    change: number;
    /** Of the workflow's state: an older state never takes the place of a newer one. */
    revision: number;
    created_at: string;
    last_updated_at: string;
    track: string;
    stage: string;
    /** Of the stage that it is in. */
    verdict: string | null;
    /** What it waits for, as the search attribute of its workflow has it. */
    awaited: string;
    /** What it came to, as the speaker is told. */
    outcome: string | null;
    /** 1 when nothing will change any more: then the record stays as it is. */
    over: number;
    /** On the waiting list, where an organiser has given it one. */
    rank: number | null;
    /** 1 while its panel is due, and waits for a decision. */
    overdue: number;
    /** The status document. */
    public_status: string;
    /** Of the request (contract H10). */
    fingerprint: string;
    /** What conflicts of interest are found by, with those of all that have the same original: read of many at a time. */
    parties: string;
    /** The one that its speaker made: itself, unless it goes on from another one that an organiser has reopened. */
    original: string;
    /** The e-mail address in its normal form: the same for all talks of one speaker. */
    speaker: string;
    /** All that was submitted. */
    submission: string;
    /** Of the workflow, as it was at this revision. */
    state: string;
  };

  /** Who is named beside whom in a submission, both ways, by the normal form of their addresses. */
  co_speakers: { address: string; beside: string; submission_id: string };

  verdicts: {
    /** `workflowId:activityId`, which stays the same when the activity is tried again. */
    key: string;
    submission_id: string;
    stage: string;
    outcome: string;
    score: number | null;
    /** All of it. */
    verdict: string;
    decided_at: string;
  };

  /** What each text is compared by, and whether it was compared with those before it. */
  texts: {
    submission_id: string;
    /** Of the change that it came with: texts are compared with earlier ones. */
    number: number;
    /** Hashes, as JSON. */
    sketch: string;
    compared: number;
  };

  /** The first hashes of each sketch: texts that share enough of them are compared. */
  sketches: { submission_id: string; hash: number };

  flags: { submission_id: string; flag: Flag; other_id: string };

  /** Which checks of the moderation have found something: what it is stands in the verdict. */
  findings: { submission_id: string; found_by: Finding['check'] };

  /** What is left of an erased submission. */
  erasures: {
    id: string;
    /** Of a submission that was reopened: all that goes on from it is erased with it. */
    original: string;
    change: number;
    erased_at: string;
    /** Names of the people who had a conflict of interest: what the audit has of it stays hidden from them. */
    kept_from: string;
    /** When Temporal was seen to have nothing of it any more. */
    forgotten_at: string | null;
  };

  /** The places of the speakers whom the call takes so many talks of. Without a slot: it was withdrawn, and needs none. */
  places: { speaker: string; slot: number | null; submission_id: string };

  /** What is to be told to one person, or to the organisers, once; and what has become of it. */
  messages: {
    /** `submission.release.channel` */
    id: string;
    /** None, of what is about many of them. */
    submission_id: string | null;
    release: string;
    channel: Channel;
    state: MessageState;
    attempts: number;
    /** The attempt that took it last, by a name of its own. */
    claimed_by: string;
    /** What the other side has said, or what is wrong. */
    detail: string | null;
    /** All that it is made of, but for what gives access. */
    content: string;
    created_at: string;
    updated_at: string;
  };

  /** What was told of outcomes, in the order in which it came on record. */
  announced: { number: number; submission_id: string; release: string; outcome: string; announced_at: string };

  /** Places that came free, and who has them now. */
  places_passed_on: {
    freed_by: string;
    freed_at: string;
    /** To whom it was offered last: they are asked first, whoever asks again after an interruption. */
    offered_to: string | null;
    taken_by: string | null;
  };

  /** What people have done; it only grows. */
  audit: {
    id: string;
    number: number;
    at: string;
    by: string;
    command: string;
    submission_id: string | null;
    reason: string | null;
    detail: string | null;
  };

  /** One row: when the records were last held against all workflows that there are. */
  reconciliation: {
    completed_at: string | null;
    /** The day on which the organisers were last told of what waits for them, if anything did. */
    told_on: string | null;
  };
};

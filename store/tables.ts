import type { Flag } from '../contract/flags.ts';

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
    /** What it came to: `accepted`, `rejected`, `withdrawn`, `failed`. A record that has come to its end stays as it is. */
    outcome: string | null;
    /** The status document. */
    public_status: string;
    /** Of the request (contract H10). */
    fingerprint: string;
    /** E-mail address in lower case: the same for all talks of one speaker. */
    speaker: string;
    /** All that was submitted. */
    submission: string;
    /** Of the workflow, as it was at this revision. */
    state: string;
  };

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

  /** Some hashes of the text of each submission: those that share enough of them are compared. */
  sketches: { submission_id: string; hash: number };

  flags: { submission_id: string; flag: Flag; other_id: string };

  /** What is left of an erased submission. */
  erasures: {
    id: string;
    erased_at: string;
    /** When Temporal was seen to have nothing of it any more. */
    forgotten_at: string | null;
  };

  /** The places of the speakers whom the call takes so many talks of. */
  places: { speaker: string; slot: number; submission_id: string };

  /** One row: when the records were last held against all workflows that there are. */
  reconciliation: { completed_at: string | null };
};

import type { EditRules } from '../call/edit-rules.ts';
import type { CallRules } from '../call/rules.ts';
import type { MessageSettings } from '../message-settings.ts';
import type { SubmissionRecord } from '../record.ts';
import type { Dates, SubmissionState } from '../state.ts';
import type { Submission } from '../submission.ts';
import type { Version } from './version.ts';

/**
 * Who writes a record: the run of the workflow, which is the first one for those that it continues in, and the last revision that this run knows to be on record (0: none). A row by
 * another run with a later revision is ahead of it: an operator has reset the workflow.
 */
export type Writer = { run: string; known: number };

/** `submission`: its text, unless it is the first. */
type OnRecord = { state: SubmissionState; submission?: Submission };

/** `kept`: the state as it is on record now. `ahead`: nothing was written, since the record knows more. The workflow adopts its state. */
export type Kept = { kind: 'kept'; state: SubmissionState } | ({ kind: 'ahead' } & OnRecord) | { kind: 'erased' };

/** All that recording needs, and what may be edited, for the gateway. */
export type Recordable = SubmissionRecord & {
  writer: Writer;
  settings: MessageSettings;
  /** The first text, those that may not be on record, and the one that stands; missing if there is only the first. */
  versions?: Version[];
  editRules?: EditRules;
  /** The state is an acceptance that is about to be told: its deadline counts from when it is recorded. */
  answerWithin?: { from: string; rules: NonNullable<CallRules['attendance']>; timeZone: string };
};

/** What the workflow learns of it. `run`: the run that wrote; a replay after a reset has the results of earlier runs. */
export type Recorded = { run: string } & (
  | { kind: 'kept'; revision: number; dates?: Dates }
  | { kind: 'erased'; revision: number }
  | ({ kind: 'ahead' } & OnRecord)
);

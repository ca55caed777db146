import type { MessageSettings } from '../message-settings.ts';
import type { SubmissionRecord } from '../record.ts';
import type { SubmissionState } from '../state.ts';

/** A run of a submission's workflow that writes the record. */
export type Writer = {
  run: string;
  /** The last revision that the run knows to be on record; 0 if none. */
  known: number;
};

/** `ahead`: the record says more than the writer knows; nothing was written, and the writer has to adopt its state. */
export type Kept = { kind: 'kept' } | { kind: 'ahead'; state: SubmissionState } | { kind: 'erased' };

/** A record with what is needed to write it and its messages. */
export type Recordable = SubmissionRecord & { writer: Writer; settings: MessageSettings };

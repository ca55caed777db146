import type { MessageSettings } from './message-settings.ts';
import type { SubmissionRecord } from './record.ts';

/** `known`: the last revision that this run of the workflow knows to be on record. */
export type Writer = { run: string; known: number };

/** All that is needed to record a submission, with its messages. */
export type Recordable = SubmissionRecord & { writer: Writer; settings: MessageSettings };

import { defineQuery } from '@temporalio/workflow';
import type { StatusDocument } from '../http/status.ts';
import type { SubmissionRecord } from '../record.ts';

/** Answers the public snapshot: the query serves the gateway, and nothing internal can be asked for by its way. */
export const publicStatusQuery = defineQuery<StatusDocument>('publicStatus');

/** Answers all that is to be kept: it serves the reconciler, and nothing that is asked from outside. */
export const recordQuery = defineQuery<SubmissionRecord>('record');

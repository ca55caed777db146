import { defineSignal } from '@temporalio/workflow';
import { parseSubmissionId, type SubmissionId } from '../submission-id.ts';

/** Messages wait for a mail server that hangs here, and hold up nothing else. */
export const messagesQueue = 'call-for-speakers-messages';

/** Workflow type that sends the postponed messages about one submission, or the organisers' digests. */
export const delivery = 'delivery';

export type About = SubmissionId | 'digest';

export const deliveryIdOf = (about: About) => `messages-${about}`;

/** Returns `undefined` for other workflows and for the digests. */
export const submissionOfDelivery = (workflowId: string) => parseSubmissionId(workflowId.replace(/^messages-/, ''));

/** The letters to the speaker that did not arrive; or the attempts take long, and an activity of their own waits for them. */
export type FirstAttempts = { undelivered: string[] } | { areLeft: true };

/** There are messages to be sent now. */
export const wakeSignal = defineSignal('wake');

import { defineSignal } from '@temporalio/workflow';
import { parseSubmissionId, type SubmissionId } from '../submission-id.ts';

/** Messages wait for a mail server that hangs here, and hold up nothing else. */
export const messagesQueue = 'call-for-speakers-messages';

/** Workflow type that sends the postponed messages about one submission, the organisers' digests, or the access mails. */
export const delivery = 'delivery';

/** What the ledger has messages about. */
export type About = SubmissionId | 'digest';

/** `access`: links to the talks of an address, for all who have asked. They aren't in the ledger (contract H39). */
export type DeliveryAbout = About | 'access';

export const deliveryIdOf = (about: DeliveryAbout) => `messages-${about}`;

/** Returns `undefined` for other workflows, for the digests and for the access mails. */
export const submissionOfDelivery = (workflowId: string) => parseSubmissionId(workflowId.replace(/^messages-/, ''));

/** The letters to the speaker that did not arrive; or the attempts take long, and an activity of their own waits for them. */
export type FirstAttempts = { undelivered: string[] } | { areLeft: true };

/** There are messages to be sent now. */
export const wakeSignal = defineSignal('wake');

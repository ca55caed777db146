import { type MessageId, parseMessageId, submissionOfMessage } from '../mail/message-id.ts';
import { parseSubmissionId, type SubmissionId } from '../submission-id.ts';

export const taskQueue = 'call-for-speakers';

export const workflowType = 'submission';

/** Gateways agree on the ids of workflows without talking to each other. */
export const workflowIdOf = (id: SubmissionId) => `submission-${id}`;

export const submissionIdOf = (workflowId: string) => parseSubmissionId(workflowId.replace(/^submission-/, ''));

/** Workflow type that compares the records with the workflows and repairs them, and the id of its schedule. */
export const reconciliation = 'reconcile';

export const delivery = 'delivery';
export const deliveryIdOf = (id: MessageId) => `message-${id}`;

export const deliveryPrefixOf = (id: SubmissionId) => `message-${id}.`;

/** Returns `undefined` for other workflows and for the digest. */
export function submissionOfDelivery(workflowId: string): SubmissionId | undefined {
  const id = parseMessageId(workflowId.replace(/^message-/, ''));
  return id && submissionOfMessage(id);
}

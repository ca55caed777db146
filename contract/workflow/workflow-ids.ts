import { type MessageId, parseMessageId, submissionOfMessage } from '../mail/message-id.ts';
import { parseSubmissionId, type SubmissionId } from '../submission-id.ts';

export const taskQueue = 'call-for-speakers';

export const workflowType = 'submission';

/** The one place that makes workflow ids: gateways that never talk to each other agree on them. */
export const workflowIdOf = (id: SubmissionId) => `submission-${id}`;

/** The way back; `undefined` for a workflow that is none of ours. */
export const submissionIdOf = (workflowId: string) => parseSubmissionId(workflowId.replace(/^submission-/, ''));

/** Type of the workflow that compares the records with the workflows and repairs them; the schedule that starts it has the same id. */
export const reconciliation = 'reconcile';

/** Type of the workflow that sends one message, and the one place that makes its ids. */
export const delivery = 'delivery';
export const deliveryIdOf = (id: MessageId) => `message-${id}`;

/** The beginning of the ids of those that send a message about a submission. */
export const deliveryPrefixOf = (id: SubmissionId) => `message-${id}.`;

/** The way back: which submission the message of a workflow is about, if it is about one. */
export function submissionOfDelivery(workflowId: string): SubmissionId | undefined {
  const id = parseMessageId(workflowId.replace(/^message-/, ''));
  return id && submissionOfMessage(id);
}

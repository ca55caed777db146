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
export const deliveryIdOf = (messageId: string) => `message-${messageId}`;

/** Whose message a workflow sends; `undefined` where it is about no submission. */
export const submissionOfDelivery = (workflowId: string) =>
  parseSubmissionId(/^message-([0-9a-f]{32})\./.exec(workflowId)?.[1] ?? '');

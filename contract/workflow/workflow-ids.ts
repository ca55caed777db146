import { parseSubmissionId, type SubmissionId } from '../submission-id.ts';

export const taskQueue = 'call-for-speakers';

export const workflowType = 'submission';

/** Gateways agree on the ids of workflows without talking to each other. */
export const workflowIdOf = (id: SubmissionId) => `submission-${id}`;

/** Returns `undefined` for other workflows. */
export const submissionIdOf = (workflowId: string) => parseSubmissionId(workflowId.replace(/^submission-/, ''));

/** Workflow type that compares the records with the workflows and repairs them, and the id of its schedule. */
export const reconciliation = 'reconcile';

/** Workflow type that sends one message. */
export const delivery = 'delivery';
export const deliveryIdOf = (messageId: string) => `message-${messageId}`;

/** The submission that a delivery's message is about; `undefined` if about none. */
export const submissionOfDelivery = (workflowId: string) =>
  parseSubmissionId(/^message-([0-9a-f]{32})\./.exec(workflowId)?.[1] ?? '');

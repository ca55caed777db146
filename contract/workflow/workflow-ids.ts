import { parseSubmissionId, type SubmissionId } from '../submission-id.ts';

export const taskQueue = 'call-for-speakers';

export const workflowType = 'submission';

/** Gateways agree on the ids of workflows without talking to each other. */
export const workflowIdOf = (id: SubmissionId) => `submission-${id}`;

export const submissionIdOf = (workflowId: string) => parseSubmissionId(workflowId.replace(/^submission-/, ''));

/** Workflow type that compares the records with the workflows and repairs them, and the id of its schedule. */
export const reconciliation = 'reconcile';

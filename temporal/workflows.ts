/** The activities' port to the workflows. */
import type { Client } from '@temporalio/client';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { About } from '../contract/workflow/deliveries.ts';
import { recordOfWorkflow } from './record-of-workflow.ts';
import { forgetSubmission } from './submissions/forget-submission.ts';
import { announceSubmission, closeSubmission, type OperationCommand } from './workflows/apply-operation.ts';
import { awaitedBy } from './workflows/awaited-by.ts';
import { type Listed, listSubmissions } from './workflows/list-submissions.ts';
import { promoteSubmission } from './workflows/promote-submission.ts';
import { isDelivering, wakeDelivery } from './workflows/wake-delivery.ts';

export type Workflows = ReturnType<typeof createWorkflows>;

export function createWorkflows(client: Client) {
  return {
    list: (listed: Listed, pageSize: number) => listSubmissions(client, listed, pageSize),
    awaitedBy: (id: SubmissionId) => awaitedBy(client, id),
    recordOf: (id: SubmissionId) => recordOfWorkflow(client, id),
    announce: (id: SubmissionId, command: OperationCommand) => announceSubmission(client, id, command),
    close: (id: SubmissionId, command: OperationCommand) => closeSubmission(client, id, command),
    promote: (id: SubmissionId, freedBy: SubmissionId) => promoteSubmission(client, id, freedBy),
    forget: (id: SubmissionId, signal: AbortSignal) => forgetSubmission(client, id, signal),
    wakeDelivery: (about: About) => wakeDelivery(client, about),
    isDelivering: (about: About) => isDelivering(client, about),
  };
}

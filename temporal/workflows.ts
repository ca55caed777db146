/** The activities' port to the workflows. */
import type { Client } from '@temporalio/client';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { resyncSignal } from '../contract/workflow/commands.ts';
import { deliveryIdOf, workflowIdOf } from '../contract/workflow/workflow-ids.ts';
import { recordOfWorkflow } from './record-of-workflow.ts';
import { forgetSubmission } from './submissions/forget-submission.ts';
import { announceSubmission, closeSubmission, type OperationCommand } from './workflows/apply-operation.ts';
import { awaitedBy } from './workflows/awaited-by.ts';
import { type Listed, listSubmissions } from './workflows/list-submissions.ts';
import { promoteSubmission } from './workflows/promote-submission.ts';
import { startDelivery } from './workflows/start-delivery.ts';

export type Workflows = ReturnType<typeof createWorkflows>;

export function createWorkflows(client: Client) {
  return {
    list: (listed: Listed, pageSize: number) => listSubmissions(client, listed, pageSize),
    awaitedBy: (id: SubmissionId) => awaitedBy(client, id),
    recordOf: (id: SubmissionId, recorded?: SubmissionState) => recordOfWorkflow(client, id, recorded),
    resync: (id: SubmissionId) => client.workflow.getHandle(workflowIdOf(id)).signal(resyncSignal),
    announce: (id: SubmissionId, command: OperationCommand) => announceSubmission(client, id, command),
    close: (id: SubmissionId, command: OperationCommand) => closeSubmission(client, id, command),
    promote: (id: SubmissionId, freedBy: SubmissionId) => promoteSubmission(client, id, freedBy),
    forget: (id: SubmissionId, signal: AbortSignal) => forgetSubmission(client, id, [], signal),
    startDelivery: (messageId: MessageId) => startDelivery(client, messageId),

    async isDelivering(messageId: MessageId): Promise<boolean> {
      const { status } = await client.workflow.getHandle(deliveryIdOf(messageId)).describe();
      return status.name === 'RUNNING';
    },
  };
}

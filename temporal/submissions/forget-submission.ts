import type { Client } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { deliveryIdOf } from '../../contract/workflow/deliveries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { forgetWorkflow } from './forget-workflow.ts';

/** Deletes its workflow, and the one of its messages. */
export async function forgetSubmission(client: Client, id: SubmissionId, signal: AbortSignal): Promise<void> {
  await Promise.all([workflowIdOf(id), deliveryIdOf(id)].map((one) => forgetWorkflow(client, one, signal)));
}

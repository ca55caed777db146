import type { Client } from '@temporalio/client';
import type { MessageId } from '../../contract/mail/message-id.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { delivery, deliveryIdOf, deliveryPrefixOf, workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { forgetWorkflow } from './forget-workflow.ts';

/** Deletes its workflow and those of its messages. @param messages known ones: Temporal's lists lag behind */
export async function forgetSubmission(
  client: Client,
  id: SubmissionId,
  messages: readonly MessageId[],
  signal: AbortSignal,
): Promise<void> {
  const deliveries = new Set(messages.map(deliveryIdOf));
  for await (const { workflowId } of client.workflow.list({
    query: `WorkflowType = '${delivery}' AND WorkflowId STARTS_WITH '${deliveryPrefixOf(id)}'`,
  }))
    deliveries.add(workflowId);
  await Promise.all([workflowIdOf(id), ...deliveries].map((one) => forgetWorkflow(client, one, signal)));
}

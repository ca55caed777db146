import type { Client } from '@temporalio/client';
import type { MessageId } from '../../contract/mail/message-id.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { delivery, deliveryIdOf, deliveryPrefixOf, workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { forgetWorkflow } from './forget-workflow.ts';

/**
 * Makes Temporal delete all that it has of a submission: its workflow, and those that send the messages about it.
 *
 * @param messages those that are known: a list of Temporal's is a moment behind
 * @throws AbortError when it takes too long, or what the client throws
 */
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

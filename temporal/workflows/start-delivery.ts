import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { MessageId } from '../../contract/mail/message-id.ts';
import { delivery, deliveryIdOf, taskQueue } from '../../contract/workflow/workflow-ids.ts';

/**
 * Once: after a restore the ledger may not know what was sent. `isAgain` is a person's choice. @returns whether it was
 * started now
 */
export async function startDelivery(client: Client, messageId: MessageId, { isAgain = false } = {}): Promise<boolean> {
  try {
    await client.workflow.start(delivery, {
      args: [messageId],
      taskQueue,
      workflowId: deliveryIdOf(messageId),
      workflowIdReusePolicy: isAgain ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
      staticSummary: 'A message on its way',
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

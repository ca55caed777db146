import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { MessageId } from '../../contract/mail/message-id.ts';
import { delivery, deliveryIdOf, taskQueue } from '../../contract/workflow/workflow-ids.ts';

/**
 * Starts a delivery once, since after a restore the records may not know what was sent. `isAgain`: an organiser has asked
 * to resend. @returns whether it was started now
 */
export async function startDelivery(client: Client, messageId: MessageId, { isAgain = false } = {}): Promise<boolean> {
  try {
    await client.workflow.start(delivery, {
      args: [messageId],
      taskQueue,
      workflowId: deliveryIdOf(messageId),
      workflowIdReusePolicy: isAgain ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
      staticSummary: 'Delivers a message',
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type DeliveryAbout, delivery, deliveryIdOf, wakeSignal } from '../../contract/workflow/deliveries.ts';
import { inBackground } from '../../contract/workflow/priority.ts';
import { taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { executionOf } from '../executions.ts';

/** Has the pending messages sent now; the rest of them follows at the pace of their channels. */
export async function wakeDelivery(client: Client, about: DeliveryAbout): Promise<void> {
  await client.workflow.signalWithStart(delivery, {
    args: [about],
    taskQueue,
    workflowId: deliveryIdOf(about),
    signal: wakeSignal,
    priority: inBackground,
    staticSummary: 'Sends the messages that wait',
  });
}

export async function isDelivering(client: Client, about: DeliveryAbout): Promise<boolean> {
  try {
    const { status } = await executionOf(client, deliveryIdOf(about));
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

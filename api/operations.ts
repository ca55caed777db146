/** The port to what takes its time: announcements, and the closing of the call. */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { z } from 'zod';
import { deliveryIdOf, taskQueue } from '../contract/messages.ts';
import { isOver, type OperationKind, operationSchema } from '../contract/operation.ts';
import {
  type AnnouncementInput,
  type ClosingInput,
  initialOperation,
  type OperationMemo,
  operationWorkflowIdOf,
  operationWorkflows,
} from '../contract/operations.ts';
import { startDelivery } from '../temporal/delivery.ts';
import { createBounded, undefinedIfNotFound } from './temporal-calls.ts';

export type Operations = ReturnType<typeof createOperations>;

/** Milliseconds: an answer has to leave within 2 s (contract H13). */
const patience = 1_400;

const memoSchema = z.object({ operation: operationSchema, startedBy: z.string() });

/** With the name of who started it: what it counts is what that person may see. */
export type StartedOperation = z.output<typeof memoSchema>;

export function createOperations(client: Client) {
  const bounded = createBounded(client);

  /** Starts it, once for each id. @throws TemporalUnavailableError */
  async function start(kind: OperationKind, input: AnnouncementInput | ClosingInput): Promise<StartedOperation> {
    const { id, by } = input;
    const started = { operation: initialOperation(input), startedBy: by };
    try {
      await bounded(patience, () =>
        client.workflow.start(operationWorkflows[kind], {
          args: [input],
          taskQueue,
          workflowId: operationWorkflowIdOf(kind, id),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          memo: started satisfies OperationMemo,
          staticSummary: `By ${by}`,
        }),
      );
      return started;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      return (await read(kind, id)) ?? started;
    }
  }

  /** As Temporal itself describes it; no worker is needed. @throws TemporalUnavailableError */
  async function read(kind: OperationKind, id: string): Promise<StartedOperation | undefined> {
    const handle = client.workflow.getHandle(operationWorkflowIdOf(kind, id));
    const description = await bounded(patience, () => handle.describe()).catch(undefinedIfNotFound);
    if (description === undefined) return undefined;
    const { operation, startedBy } = memoSchema.parse(description.memo);
    const isEnded = description.status.name !== 'RUNNING';
    if (!isEnded || isOver(operation)) return { operation, startedBy };
    // It was ended from outside.
    const lastUpdatedAt = description.closeTime?.toISOString() ?? operation.lastUpdatedAt;
    const ended = { ...operation, lastUpdatedAt };
    if (description.status.name === 'CANCELLED') return { operation: { ...ended, status: 'Canceled' }, startedBy };
    const error = { code: 'operation-failed' as const, message: 'It was stopped from outside.' };
    return { operation: { ...ended, status: 'Failed', error }, startedBy };
  }

  return {
    start,
    read,

    /** What it has done is done. @throws TemporalUnavailableError */
    cancel: async (kind: OperationKind, id: string): Promise<void> => {
      const handle = client.workflow.getHandle(operationWorkflowIdOf(kind, id));
      await bounded(patience, () => handle.cancel()).catch(undefinedIfNotFound);
    },

    /** Sends a message again, by a person's choice. @throws TemporalUnavailableError */
    resend: (messageId: string) => bounded(patience, () => startDelivery(client, messageId, { isAgain: true })),

    /** Whether a message is on its way, so that nobody sends it a second time. */
    isUnderWay: async (messageId: string): Promise<boolean> => {
      const handle = client.workflow.getHandle(deliveryIdOf(messageId));
      const description = await bounded(patience, () => handle.describe()).catch(undefinedIfNotFound);
      return description?.status.name === 'RUNNING';
    },
  };
}

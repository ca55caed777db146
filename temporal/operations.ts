/** The port to announcements and closings. */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { z } from 'zod';
import { type OperationKind, operationSchema } from '../contract/http/operation.ts';
import { isTerminal } from '../contract/http/statuses.ts';
import type { DeliveryAbout } from '../contract/workflow/deliveries.ts';
import {
  type AnnouncementInput,
  type ClosingInput,
  initialOperation,
  type OperationMemo,
  operationWorkflowIdOf,
  operationWorkflows,
} from '../contract/workflow/operation-workflows.ts';
import { inBackground } from '../contract/workflow/priority.ts';
import { taskQueue } from '../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../process/deadline.ts';
import { boundedClient, TemporalUnavailableError, undefinedIfNotFound } from './bounded-calls.ts';
import { wakeDelivery } from './workflows/wake-delivery.ts';

export type Operations = ReturnType<typeof createOperations>;

const startShare = 0.8;

const memoSchema = z.object({ operation: operationSchema, fingerprint: z.string(), startedBy: z.string() });

/** Its counts include only what the person in `startedBy` may see. */
export type FoundOperation = Pick<OperationMemo, 'operation' | 'startedBy'>;

/** `other`: started by a different request under the same id. */
export type StartedOperation = FoundOperation & { kind: 'started' | 'other' };

export function createOperations(client: Client) {
  const { bounded } = boundedClient(client);

  async function start(
    kind: OperationKind,
    input: AnnouncementInput | ClosingInput,
    fingerprint: string,
    deadline: Deadline,
  ): Promise<StartedOperation> {
    const { id, by } = input;
    const started = { operation: initialOperation(input), startedBy: by };
    try {
      await bounded(deadline.share(startShare), () =>
        client.workflow.start(operationWorkflows[kind], {
          args: [input],
          taskQueue,
          workflowId: operationWorkflowIdOf(kind, id),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          memo: { ...started, fingerprint } satisfies OperationMemo,
          priority: inBackground,
          staticSummary: `By ${by}`,
        }),
      );
      return { kind: 'started', ...started };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const earlier = await find(kind, id, deadline);
      if (earlier === undefined) throw new TemporalUnavailableError('a workflow vanished', { cause: error });
      const { fingerprint: known, ...found } = earlier;
      return { kind: known === fingerprint ? 'started' : 'other', ...found };
    }
  }

  async function find(kind: OperationKind, id: string, deadline: Deadline): Promise<OperationMemo | undefined> {
    const handle = client.workflow.getHandle(operationWorkflowIdOf(kind, id));
    const description = await bounded(deadline, () => handle.describe()).catch(undefinedIfNotFound);
    if (description === undefined) return undefined;
    const memo = memoSchema.parse(description.memo);
    const { operation } = memo;
    const isEnded = description.status.name !== 'RUNNING';
    if (!isEnded || isTerminal(operation)) return memo;
    const lastUpdatedAt = description.closeTime?.toISOString() ?? operation.lastUpdatedAt;
    if (description.status.name === 'CANCELLED')
      return { ...memo, operation: { ...operation, status: 'Canceled', lastUpdatedAt } };
    const error = { code: 'operation-failed' as const, message: 'It was stopped by an operator.' };
    return { ...memo, operation: { ...operation, status: 'Failed', error, lastUpdatedAt } };
  }

  return {
    start,

    /** @throws TemporalUnavailableError */
    read: (kind: OperationKind, id: string, deadline: Deadline): Promise<FoundOperation | undefined> =>
      find(kind, id, deadline),

    cancel: async (kind: OperationKind, id: string, deadline: Deadline): Promise<void> => {
      const handle = client.workflow.getHandle(operationWorkflowIdOf(kind, id));
      await bounded(deadline, () => handle.cancel()).catch(undefinedIfNotFound);
    },

    /** Has the messages sent that wait: about a submission, or to those who have asked for access. */
    send: (about: DeliveryAbout, deadline: Deadline) => bounded(deadline, () => wakeDelivery(client, about)),
  };
}

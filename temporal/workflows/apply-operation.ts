import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { announceUpdate, closeUpdate } from '../../contract/workflow/commands.ts';
import { alreadyConcluded, notDecided } from '../../contract/workflow/errors.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { boundedClient, isTemporalDown, refusalOf, TemporalUnavailableError } from '../bounded-calls.ts';
import { executionOf } from '../executions.ts';
import { giveCommand } from '../give-command.ts';

/** A command of one operation; repeating it gives the same result. */
export type OperationCommand = { operation: string; by: string; reason?: string };

/**
 * `skipped`: it has ended, or is no longer decided. `stuck`: it doesn't answer, for example because its task fails; it may
 * still take the command when that is mended. `missing`: Temporal knows no such submission.
 */
export type Applied = 'done' | 'skipped' | 'stuck' | 'missing';

/** Milliseconds for one submission to answer: one that doesn't must not hold up the others. */
const answerTime = 5_000;

export const announceSubmission = (client: Client, id: SubmissionId, { operation, ...command }: OperationCommand) =>
  applied(client, id, async (handle) =>
    (await giveCommand(handle, announceUpdate, {
      args: [{ ...command, operation }],
      updateId: `announce-${operation}`,
    }))
      ? 'done'
      : 'skipped',
  );

export const closeSubmission = (client: Client, id: SubmissionId, { operation, ...command }: OperationCommand) =>
  applied(client, id, async (handle) => {
    await giveCommand(handle, closeUpdate, { args: [command], updateId: `close-${operation}` });
    return 'done';
  });

type Handle = ReturnType<Client['workflow']['getHandle']>;

/** @throws TemporalUnavailableError while Temporal is unreachable: then every submission would seem stuck */
async function applied(
  client: Client,
  id: SubmissionId,
  update: (handle: Handle) => Promise<Applied>,
): Promise<Applied> {
  const { bounded } = boundedClient(client);
  const handle = client.workflow.getHandle(workflowIdOf(id));
  try {
    return await bounded(deadlineIn(answerTime), () => update(handle));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError)
      return (await isKnown(client, workflowIdOf(id))) ? 'skipped' : 'missing';
    const refusal = refusalOf(error)?.type;
    if (refusal === notDecided || refusal === alreadyConcluded) return 'skipped';
    if (refusal !== undefined) return 'stuck';
    if (error instanceof TemporalUnavailableError && !isTemporalDown(error)) return 'stuck';
    throw error;
  }
}

async function isKnown(client: Client, workflowId: string): Promise<boolean> {
  try {
    await executionOf(client, workflowId);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

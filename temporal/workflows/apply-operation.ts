import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { announceUpdate, closeUpdate } from '../../contract/workflow/commands.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { giveCommand } from '../give-command.ts';

/** A command of one operation; repeating it gives the same result. */
export type OperationCommand = { operation: string; by: string; reason?: string };

export function announceSubmission(client: Client, id: SubmissionId, { operation, ...command }: OperationCommand) {
  const handle = client.workflow.getHandle(workflowIdOf(id));
  const updateId = `announce-${operation}`;
  return unlessRefused(() => giveCommand(handle, announceUpdate, { args: [command], updateId }));
}

export function closeSubmission(client: Client, id: SubmissionId, { operation, ...command }: OperationCommand) {
  const handle = client.workflow.getHandle(workflowIdOf(id));
  const updateId = `close-${operation}`;
  return unlessRefused(async () => {
    await giveCommand(handle, closeUpdate, { args: [command], updateId });
    return true;
  });
}

/** `false` for a submission that has ended, or is no longer decided. */
async function unlessRefused(update: () => Promise<boolean>): Promise<boolean> {
  try {
    return await update();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) return false;
    throw error;
  }
}

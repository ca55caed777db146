import { WorkflowNotFoundError } from '@temporalio/client';
import { type StatusDocument, statusDocumentSchema } from '../../contract/http/status.ts';
import { isTerminal } from '../../contract/http/statuses.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { type WithdrawCommand, withdrawUpdate } from '../../contract/workflow/commands.ts';
import { alreadyConcluded } from '../../contract/workflow/errors.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../../process/deadline.ts';
import { type BoundedClient, isThrownAway, refusalOf, TemporalUnavailableError } from '../bounded-calls.ts';
import { giveCommand } from '../give-command.ts';
import { findSubmission } from './find-submission.ts';

/** `concluded`: it has ended otherwise before. `changed`: the precondition failed. `unauthorized`: the token has ended. */
export type Withdrawn =
  | { kind: 'withdrawn' | 'concluded'; status: StatusDocument }
  | { kind: 'changed' }
  | { kind: 'unauthorized' }
  | { kind: 'unknown' };

/** Share of the remaining time; the rest is for reading how it ended. */
const updateShare = 0.8;

export async function withdrawSubmission(
  temporal: BoundedClient,
  id: SubmissionId,
  command: WithdrawCommand,
  deadline: Deadline,
): Promise<Withdrawn> {
  const { client, bounded } = temporal;
  // One update per submission: repeating a lost request finds the result of the first.
  const { onlyIf } = command;
  const updateId = onlyIf === undefined ? withdrawUpdate.name : `${withdrawUpdate.name}-${onlyIf}`;
  const options: { updateId: string; args: [WithdrawCommand] } = { updateId, args: [command] };
  const handle = client.workflow.getHandle(workflowIdOf(id));
  const updateDeadline = deadline.share(updateShare);
  const update = () => bounded(updateDeadline, () => giveCommand(handle, withdrawUpdate, options));
  try {
    const answer = await update().catch((error: unknown) => (isThrownAway(error) ? update() : Promise.reject(error)));
    return { kind: 'withdrawn', status: statusDocumentSchema.parse(answer) };
  } catch (error) {
    const refused = refusalOf(error)?.type;
    if (refused === 'precondition-failed') return { kind: 'changed' };
    if (refused === 'unauthorized') return { kind: refused };
    if (!isOver(error)) throw error;
    const status = (await findSubmission(temporal, id, deadline))?.status;
    if (status === undefined) return { kind: 'unknown' };
    if (!isTerminal(status))
      throw new TemporalUnavailableError('ended, but not yet described as ended', { cause: error });
    return { kind: status.status === 'Canceled' ? 'withdrawn' : 'concluded', status };
  }
}

/** Whether the workflow has ended, or is about to. */
function isOver(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  return refusalOf(error)?.type === alreadyConcluded;
}

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import { workflowType } from '../../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { BoundedClient } from '../bounded-calls.ts';
import { startOptions } from './start-submission.ts';

/** The input of a run that goes on from the record, to cancel and to do nothing else. */
export type CancellationInput = SubmissionInput & Required<Pick<SubmissionInput, 'carried' | 'cancels'>>;

type Cancellation = (input: CancellationInput) => Promise<unknown>;

/**
 * Cancels a submission whose workflow has ended. Needs no worker.
 *
 * @returns `false` if its workflow runs: it takes the command itself
 * @throws TemporalUnavailableError
 */
export async function startCancellation(
  { client, bounded }: BoundedClient,
  input: CancellationInput,
  deadline: Deadline,
): Promise<boolean> {
  const options = { ...startOptions(input), args: [input] satisfies [CancellationInput] };
  const start = () =>
    client.workflow.start<Cancellation>(workflowType, { ...options, workflowIdReusePolicy: 'ALLOW_DUPLICATE' });
  try {
    await bounded(deadline, start);
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

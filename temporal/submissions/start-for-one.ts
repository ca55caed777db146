import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import { workflowType } from '../../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../../process/deadline.ts';
import type { BoundedClient } from '../bounded-calls.ts';
import { startOptions } from './start-submission.ts';

/** The input of a run that goes on from the record, to take one command and to do nothing else. */
export type InputForOne = SubmissionInput & Required<Pick<SubmissionInput, 'carried'>>;

type Run = (input: InputForOne) => Promise<unknown>;

/**
 * Gives one command to a submission whose workflow has ended. Needs no worker.
 *
 * @returns `false` if its workflow runs: it takes the command itself
 * @throws TemporalUnavailableError
 */
export async function startForOne(
  { client, bounded }: BoundedClient,
  input: InputForOne,
  deadline: Deadline,
): Promise<boolean> {
  const options = { ...startOptions(input), args: [input] satisfies [InputForOne] };
  const start = () =>
    client.workflow.start<Run>(workflowType, { ...options, workflowIdReusePolicy: 'ALLOW_DUPLICATE' });
  try {
    await bounded(deadline, start);
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** The port to the workflows of submissions. */
import type { Client } from '@temporalio/client';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { WithdrawCommand } from '../contract/workflow/commands.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import type { Deadline } from '../process/deadline.ts';
import { boundedClient } from './bounded-calls.ts';
import { describeSubmission, findSubmission } from './submissions/find-submission.ts';
import { forgetSubmission } from './submissions/forget-submission.ts';
import { queryStatus } from './submissions/query-status.ts';
import { type StartOptions, startSubmission } from './submissions/start-submission.ts';
import { withdrawSubmission } from './submissions/withdraw-submission.ts';

export type Submissions = ReturnType<typeof createSubmissions>;

export function createSubmissions(client: Client) {
  const temporal = boundedClient(client);
  return {
    start: (input: SubmissionInput, deadline: Deadline, options?: StartOptions) =>
      startSubmission(temporal, input, deadline, options),
    describe: (id: SubmissionId, deadline: Deadline) => describeSubmission(temporal, id, deadline),
    find: (id: SubmissionId, deadline: Deadline) => findSubmission(temporal, id, deadline),
    queryStatus: (id: SubmissionId, deadline: Deadline) => queryStatus(temporal, id, deadline),
    withdraw: (id: SubmissionId, command: WithdrawCommand, deadline: Deadline) =>
      withdrawSubmission(temporal, id, command, deadline),

    /** @throws if it isn't done in time; another call continues it */
    forget: (id: SubmissionId, deadline: Deadline): Promise<void> =>
      temporal.bounded(deadline, () => forgetSubmission(client, id, AbortSignal.timeout(deadline.left()))),
  };
}

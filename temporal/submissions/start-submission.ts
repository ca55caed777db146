import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { StatusDocument } from '../../contract/http/status.ts';
import { openingState } from '../../contract/lifecycle/opening-state.ts';
import { givenAttributes, shownAttributes } from '../../contract/lifecycle/shown-attributes.ts';
import { publicStatus } from '../../contract/public-status.ts';
import { callAttribute, codeAttribute } from '../../contract/workflow/search-attributes.ts';
import type { SubmissionInput, SubmissionMemo } from '../../contract/workflow/submission-input.ts';
import { taskQueue, workflowIdOf, workflowType } from '../../contract/workflow/workflow-ids.ts';
import type { Deadline } from '../../process/deadline.ts';
import { type BoundedClient, TemporalUnavailableError } from '../bounded-calls.ts';
import { type Existing, findSubmission } from './find-submission.ts';
import { staticDetails } from './static-details.ts';

export type Started = { kind: 'started'; status: StatusDocument } | ({ kind: 'exists' } & Existing);

/** `isIdRandom`: nothing was ever started under the id, so that nothing has to be looked up. */
export type StartOptions = { isIdRandom: boolean };

type SubmissionWorkflow = (input: SubmissionInput) => Promise<unknown>;

/** Share of the remaining time; the rest is for reading an earlier submission. */
const startShare = 0.8;

/** Starts the workflow, once for each id. @throws TemporalUnavailableError */
export async function startSubmission(
  temporal: BoundedClient,
  input: SubmissionInput,
  deadline: Deadline,
  { isIdRandom }: StartOptions = { isIdRandom: false },
): Promise<Started> {
  const { client, bounded } = temporal;
  const options = startOptions(input);
  try {
    await bounded(isIdRandom ? deadline : deadline.share(startShare), () =>
      client.workflow.start<SubmissionWorkflow>(workflowType, options),
    );
    return { kind: 'started', status: options.memo.publicStatus };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const existing = await findSubmission(temporal, input.id, deadline);
    if (existing === undefined) throw new TemporalUnavailableError('a workflow vanished', { cause: error });
    return { kind: 'exists', ...existing };
  }
}

/** The memo holds the first public status, readable before any worker has run. */
export function startOptions(input: SubmissionInput) {
  const state = openingState(input);
  const { id, rules, runbook } = input;
  const { track, format } = input.submission;
  const { code } = state;
  return {
    args: [input] satisfies [SubmissionInput],
    taskQueue,
    workflowId: workflowIdOf(id),
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    memo: { publicStatus: publicStatus(state), fingerprint: input.fingerprint } satisfies SubmissionMemo,
    typedSearchAttributes: [
      ...(code === undefined ? [] : [{ key: codeAttribute, value: code }]),
      { key: callAttribute, value: rules.name },
      // Nothing is due before the workflow begins to wait.
      ...givenAttributes(shownAttributes(state, undefined, track)),
    ],
    staticSummary: `A ${format} for the track ${track}`,
    staticDetails: staticDetails({ id, code, call: rules.name, track, format, runbook }),
  };
}

import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { endedState } from '../contract/ended-state.ts';
import { openingState } from '../contract/lifecycle/opening-state.ts';
import { type EarlierInput, upcastInput } from '../contract/lifecycle/upcast.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { toldOf } from '../contract/told.ts';
import { recordQuery } from '../contract/workflow/queries.ts';
import type { Recordable } from '../contract/workflow/recordable.ts';
import { workflowIdOf } from '../contract/workflow/workflow-ids.ts';
import { isUnavailable } from './bounded-calls.ts';
import { eventsOf } from './events.ts';
import { endOf } from './execution-status.ts';

export type WorkflowRecord = Recordable & { isRunning: boolean };

/**
 * The workflow's record. If it was ended from outside, which its own code can't know, with that end: on top of what is on
 * record, if that says more. Needs a worker.
 */
export async function recordOfWorkflow(
  client: Client,
  id: SubmissionId,
  recorded?: SubmissionState,
): Promise<WorkflowRecord> {
  const execution = await client.workflow.getHandle(workflowIdOf(id)).describe();
  const { workflowId, runId, status, closeTime } = execution;
  const query = () => client.workflow.getHandle(workflowId, runId).query(recordQuery);
  const error = await endOf(client, execution);
  if (error === undefined) return { ...(await query()), isRunning: status.name === 'RUNNING' };

  const { input, isTouched } = await startOf(client, execution);
  const started = { submission: input.submission, fingerprint: input.fingerprint, state: openingState(input) };
  const last = isTouched ? await query().catch(unlessUnavailable) : started;
  const base = stateToEnd(last?.state, recorded) ?? started.state;
  const state = endedState(base, error, closeTime?.toISOString() ?? base.lastUpdatedAt);
  const record = { ...started, state };
  const writer = { run: runId, known: recorded?.revision ?? 0 };
  return { ...record, writer, settings: messageSettingsOf(input), isRunning: false };
}

/** Defective code, for which operators terminate workflows, answers no query: what is on record has to do. */
function unlessUnavailable(error: unknown): undefined {
  if (isUnavailable(error)) throw error;
}

function stateToEnd(last?: SubmissionState, recorded?: SubmissionState): SubmissionState | undefined {
  if (last === undefined || recorded === undefined) return last ?? recorded;
  const told = toldOf(recorded);
  const isAhead = recorded.revision > last.revision || (told !== undefined && told !== toldOf(last));
  return isAhead ? recorded : last;
}

export async function recordAtStart(client: Client, id: SubmissionId): Promise<SubmissionRecord> {
  const { workflowId, runId } = await client.workflow.getHandle(workflowIdOf(id)).describe();
  const { input } = await startOf(client, { workflowId, runId });
  return { submission: input.submission, fingerprint: input.fingerprint, state: openingState(input) };
}

/** The input of a run, and whether a worker has seen it: else it can't be queried. */
async function startOf(client: Client, { workflowId, runId }: { workflowId: string; runId: string }) {
  let input: EarlierInput | undefined;
  let isTouched = false;
  for await (const event of eventsOf(client, { workflowId, runId })) {
    const payloads = event.workflowExecutionStartedEventAttributes?.input?.payloads;
    input ??= await decodeFromPayloadsAtIndex<EarlierInput>(client.options.loadedDataConverter, 0, payloads);
    isTouched = Boolean(event.workflowTaskCompletedEventAttributes);
    if (isTouched) break;
  }
  if (input === undefined) throw new WorkflowNotFoundError('its history is gone', workflowId, runId);
  return { input: upcastInput(input), isTouched };
}

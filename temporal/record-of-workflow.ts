import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { endedState } from '../contract/ended-state.ts';
import { openingState } from '../contract/lifecycle/opening-state.ts';
import { type EarlierInput, upcastInput } from '../contract/lifecycle/upcast.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { type SubmissionRecord, withAddress } from '../contract/record.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { toldOf } from '../contract/told.ts';
import { recordQuery } from '../contract/workflow/queries.ts';
import type { Recordable } from '../contract/workflow/recordable.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import { workflowIdOf } from '../contract/workflow/workflow-ids.ts';
import { isUnavailable } from './bounded-calls.ts';
import { eventsOf } from './events.ts';
import { endOf } from './execution-status.ts';
import { executionOf } from './executions.ts';

/** What is on record of a submission. */
export type OnRecord = Pick<SubmissionRecord, 'submission' | 'state'>;

export type WorkflowRecord = Recordable & { isRunning: boolean };

/**
 * The workflow's record. If it was ended from outside, which its own code can't know, with that end: on top of what is on
 * record, if that says more. Needs a worker.
 */
export async function recordOfWorkflow(client: Client, id: SubmissionId, recorded?: OnRecord): Promise<WorkflowRecord> {
  const execution = await executionOf(client, workflowIdOf(id));
  const { workflowId, runId, status, closeTime } = execution;
  const query = () => client.workflow.getHandle(workflowId, runId).query(recordQuery);
  const error = await endOf(client, execution);
  if (error === undefined) return { ...(await query()), isRunning: status.name === 'RUNNING' };

  const { input, isTouched } = await startOf(client, execution);
  const started = startedWith(input);
  const last = isTouched ? await query().catch(unlessUnavailable) : started;
  const base: Ending = recordToEnd(last, recorded) ?? started;
  const state = endedState(base.state, error, closeTime?.toISOString() ?? base.state.lastUpdatedAt);
  const { fingerprint } = input;
  const writer = { run: runId, known: recorded?.state.revision ?? 0 };
  const settings = messageSettingsOf(input);
  return omitUndefined({
    ...{ submission: base.submission, fingerprint, state, writer, settings, isRunning: false },
    versions: base.versions,
  });
}

/** Defective code, for which operators terminate workflows, answers no query: what is on record has to do. */
function unlessUnavailable(error: unknown): undefined {
  if (isUnavailable(error)) throw error;
}

type Ending = OnRecord & Pick<Recordable, 'versions'>;

function recordToEnd(last?: Ending, recorded?: OnRecord): Ending | undefined {
  if (last === undefined || recorded === undefined) return last ?? recorded;
  return isAhead(recorded, last) ? recorded : last;
}

/**
 * Of a workflow and of what is on record of it, what says more: an operator's reset takes the workflow back, and until it has
 * asked its record, it doesn't know what was taken from it.
 */
export function furtherOf<Workflow extends OnRecord>(last: Workflow, recorded?: OnRecord): Workflow {
  if (recorded === undefined || !isAhead(recorded, last)) return last;
  return { ...last, submission: recorded.submission, state: recorded.state };
}

function isAhead(recorded: OnRecord, last: OnRecord): boolean {
  const told = toldOf(recorded.state);
  return recorded.state.revision > last.state.revision || (told !== undefined && told !== toldOf(last.state));
}

function startedWith(input: SubmissionInput): SubmissionRecord {
  const state = openingState(input);
  const text = input.carried?.submission ?? input.submission;
  return { submission: withAddress(text, state), fingerprint: input.fingerprint, state };
}

export async function recordAtStart(client: Client, id: SubmissionId): Promise<SubmissionRecord> {
  const { workflowId, runId } = await executionOf(client, workflowIdOf(id));
  const { input } = await startOf(client, { workflowId, runId });
  return startedWith(input);
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

import { type Client, WorkflowClient, type WorkflowHandle } from '@temporalio/client';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { initialState } from '../contract/initial-state.ts';
import { changed } from '../contract/lifecycle/change.ts';
import { failed } from '../contract/lifecycle/steps.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import { conclusionOf } from '../contract/record.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { recordQuery } from '../contract/workflow/queries.ts';
import type { Recordable } from '../contract/workflow/recordable.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import { workflowIdOf } from '../contract/workflow/workflow-ids.ts';
import { endOf } from './execution-status.ts';

/** The workflow's record, corrected if it was ended from outside, which its own code can't know. Needs a worker. */
export async function recordOfWorkflow(client: Client, id: SubmissionId): Promise<Recordable> {
  const { connection, options } = client;
  // The gateway's client takes no answer of a workflow that was ended from outside; here it is corrected.
  const { namespace, dataConverter } = options;
  const anyway = new WorkflowClient({ connection, namespace, ...(dataConverter ? { dataConverter } : {}) });
  const handle = anyway.getHandle(workflowIdOf(id));
  const { status, closeTime } = await handle.describe();
  const end = endOf(status.name);
  const record = end
    ? ((await ofUntouched(client, id)) ?? (await handle.query(recordQuery)))
    : await handle.query(recordQuery);
  const { state } = record;
  if (end?.kind !== 'failed' || conclusionOf(state) !== undefined) return record;
  const at = closeTime?.toISOString() ?? state.lastUpdatedAt;
  return { ...record, state: changed(state, failed(state, end.error, at), at) };
}

/** A workflow that no worker has seen can't be queried. */
async function ofUntouched(client: Client, id: SubmissionId): Promise<Recordable | undefined> {
  const { events } = await client.workflow.getHandle(workflowIdOf(id)).fetchHistory();
  if (events?.some((event) => event.workflowTaskCompletedEventAttributes)) return undefined;
  return asStarted(client, events?.[0]);
}

export async function recordAtStart(client: Client, id: SubmissionId): Promise<Recordable> {
  const handle = client.workflow.getHandle(workflowIdOf(id));
  // Throws WorkflowNotFoundError, which fetchHistory doesn't.
  await handle.describe();
  const { events } = await handle.fetchHistory();
  return asStarted(client, events?.[0]);
}

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

async function asStarted(client: Client, first: HistoryEvent | undefined): Promise<Recordable> {
  const payloads = first?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const input = await decodeFromPayloadsAtIndex<SubmissionInput>(client.options.loadedDataConverter, 0, payloads);
  return {
    submission: input.submission,
    fingerprint: input.fingerprint,
    state: initialState(input),
    settings: messageSettingsOf(input.rules),
    writer: { run: '', known: 0 },
  };
}

import type { Client, WorkflowHandle } from '@temporalio/client';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { initialState } from '../contract/initial-state.ts';
import { later } from '../contract/later.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import type { Recordable } from '../contract/recordable.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { recordQuery } from '../contract/workflow/queries.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import { workflowIdOf } from '../contract/workflow/workflow-ids.ts';
import { endOf } from './execution-status.ts';

/** The workflow's record, corrected if it was ended from outside, which its own code can't know. Needs a worker. */
export async function recordOfWorkflow(client: Client, id: SubmissionId): Promise<Recordable> {
  const handle = client.workflow.getHandle(workflowIdOf(id));
  const { status, closeTime } = await handle.describe();
  const end = endOf(status.name);
  const record = end
    ? ((await ofUntouched(client, id)) ?? (await handle.query(recordQuery)))
    : await handle.query(recordQuery);
  const { state } = record;
  if (end === undefined || state.isOver) return record;
  const at = closeTime?.toISOString() ?? state.lastUpdatedAt;
  const lastUpdatedAt = later(at, state.lastUpdatedAt);
  const ended = { ...state, isOver: true as const, revision: state.revision + 1 };
  // A published outcome stays; only the speaker's answer is no longer awaited.
  if (state.conclusion) return { ...record, state: ended };
  return { ...record, state: { ...ended, conclusion: end, lastUpdatedAt } };
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
  const record = { submission: input.submission, fingerprint: input.fingerprint, state: initialState(input) };
  return { ...record, writer: { run: '', known: 0 }, settings: messageSettingsOf(record, input.rules) };
}

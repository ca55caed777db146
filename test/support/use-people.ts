import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ApplicationFailure,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { WorkerOptions } from '@temporalio/worker';
import type { CallRules } from '../../contract/call/rules.ts';
import { omitUndefined } from '../../contract/omit-undefined.ts';
import {
  announceUpdate,
  attendanceUpdate,
  type DecideCommand,
  decideUpdate,
  reviewUpdate,
  withdrawUpdate,
} from '../../contract/workflow/commands.ts';
import { recordQuery } from '../../contract/workflow/queries.ts';
import type { SubmissionInput } from '../../contract/workflow/submission-input.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput, aSubmission } from './fixtures.ts';
import { scores } from './people.ts';
import { type Server, withWorker } from './temporal.ts';

/** A reason to decide without the quorum. */
export const overrule = { override: true as const, reason: 'The deadline of the printer is tonight.' };

export const review = (handle: WorkflowHandle, by: string, more: object = { scores }) =>
  giveCommand(handle, reviewUpdate, { args: [{ by, ...more }] });

export const decide = (handle: WorkflowHandle, outcome: DecideCommand['outcome'], more: Partial<DecideCommand> = {}) =>
  giveCommand(handle, decideUpdate, { args: [{ by: 'Olga', stage: 'selection', outcome, ...more }] });

export const announce = (handle: WorkflowHandle) => giveCommand(handle, announceUpdate, { args: [{ by: 'Olga' }] });

export const answer = (handle: WorkflowHandle, answer: 'confirmed' | 'declined') =>
  giveCommand(handle, attendanceUpdate, { args: [{ answer }] });

/** Where the workflow ends before it is asked for, the server with its own clock has forgotten the answer: its end tells. */
export const withdraw = (handle: WorkflowHandle) =>
  giveCommand(handle, withdrawUpdate, { args: [{}] }).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });

export const stateOf = async (handle: WorkflowHandle) => (await handle.query(recordQuery)).state;

/** By its type, and what it says beside it. */
export async function refusalOf(answer: Promise<unknown>) {
  const error = await answer.then(
    () => undefined,
    (error: unknown) => error,
  );
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure)) throw new Error(`not refused: ${error}`);
  const [details] = cause.details ?? [];
  return { type: cause.type, ...(typeof details === 'object' ? details : {}) };
}

/** Submissions with people at work on them, on the one clock of a test file. */
export function usePeople(server: Server) {
  let seed = 0;

  /** What a test leaves open ends with it. */
  async function withPeople<Result>(run: () => Promise<Result>, options: Partial<WorkerOptions> = {}): Promise<Result> {
    const before = new Set(server.started);
    const withEnd = async () => {
      try {
        return await run();
      } finally {
        for (const id of server.started) if (!before.has(id)) await end(id);
      }
    };
    return withWorker(server, withEnd, options);
  }

  /** A task whose workflow is terminated holds the clock of the server for ever: what is under way is let through before. */
  async function end(workflowId: string): Promise<void> {
    const handle = server.env.client.workflow.getHandle(workflowId);
    const events = async () => (await handle.describe()).historyLength;
    for (let before = -1; before !== (await events()); await delay(100)) before = await events();
    await handle.terminate().catch(() => undefined);
  }

  async function start(
    rules: CallRules,
    change: Record<string, unknown> = {},
    reopens?: SubmissionInput['reopens'],
  ): Promise<WorkflowHandle> {
    seed += 1;
    const id = anId(seed);
    const createdAt = new Date(await server.env.currentTimeMs()).toISOString();
    const input = anInput({ id, createdAt, rules, submission: aSubmission(change), ...omitUndefined({ reopens }) });
    await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
    server.started.add(workflowIdOf(id));
    return server.env.client.workflow.getHandle(workflowIdOf(id));
  }

  /** With a panel at work on its selection. */
  async function startPanel(rules: CallRules, change: Record<string, unknown> = {}): Promise<WorkflowHandle> {
    const handle = await start(rules, change);
    await server.env.sleep('1 hour');
    return handle;
  }

  /** Names of what was sent about a submission, e-mails and notices alike. */
  async function sentAbout({ workflowId }: WorkflowHandle): Promise<string[]> {
    const id = workflowId.replace('submission-', '');
    const files = await readdir(server.outbox).catch(() => []);
    return files
      .filter((file) => file.startsWith(id))
      .map((file) => file.slice(id.length + 1).replace(/@example\.org\.eml$|\.outbox\.json$/, ''))
      .sort();
  }

  return { withPeople, start, startPanel, sentAbout };
}

import type { Client } from '@temporalio/client';
import { optionalTsToDate } from '@temporalio/common/lib/time.js';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { eventsOf, type HistoryEvent } from '../events.ts';
import { isSignedByServer } from '../execution-status.ts';
import { executionOf } from '../executions.ts';

/** A trace, in the description of a run, of what was done to it from outside. `key`: the same for the same act. */
export type Trace = { key: string; command: 'terminate' | 'request-cancel' | 'reset'; run: string };

/** `by` is what the caller said, or the server knows, of the caller: empty if neither. */
export type Act = { at: string; by: string; reason: string };

/** The server signs with it for who terminates without a name, as the Web UI does where nobody logs in. */
const forNobody = 'frontend-service';

/** Events per page: with few exceptions all of a submission's history. */
const pageSize = 100;

type Described = Pick<Awaited<ReturnType<typeof executionOf>>, 'runId' | 'status' | 'closeTime' | 'extended'>;

export function tracesIn({ runId, status, closeTime, extended }: Described): Trace[] {
  const { cancelRequested, lastResetTime, resetRunId } = extended ?? {};
  const trace = (command: Trace['command'], run: string, when = ''): Trace => ({
    key: `${command}:${run}${when}`,
    command,
    run,
  });
  return [
    // A Temporal that was restored to an earlier state may see a run terminated twice.
    ...(status.name === 'TERMINATED' ? [trace('terminate', runId, `:${closeTime?.toISOString()}`)] : []),
    ...(cancelRequested ? [trace('request-cancel', runId)] : []),
    ...(lastResetTime ? [trace('reset', runId)] : []),
    // Also the run that came of it: the record may be that one's by now.
    ...(resetRunId ? [trace('reset', resetRunId)] : []),
  ];
}

export async function tracesOf(client: Client, id: SubmissionId, run: string): Promise<Trace[]> {
  return tracesIn(await executionOf(client, workflowIdOf(id), run));
}

/** Reads the history of the run. `undefined` if it was the server's own doing, or done to an earlier run. */
export async function readAct(client: Client, id: SubmissionId, { command, run }: Trace): Promise<Act | undefined> {
  let act: Act | undefined;
  const execution = { workflowId: workflowIdOf(id), runId: run };
  for await (const event of eventsOf(client, execution, { maximumPageSize: pageSize })) {
    // What comes before it is copied from the earlier run.
    if (isReset(event)) act = undefined;
    const done = doneIn(event, run);
    if (done?.command === command) act = actOf(event, done);
  }
  return act;
}

function isReset({ workflowTaskFailedEventAttributes: failed }: HistoryEvent): boolean {
  return Boolean(failed?.newRunId);
}

type Done = { command: Trace['command']; identity?: string | null | undefined; reason?: string | null | undefined };

function doneIn(event: HistoryEvent, run: string): Done | undefined {
  const {
    workflowExecutionTerminatedEventAttributes: terminated,
    workflowExecutionCancelRequestedEventAttributes: cancelRequested,
    workflowTaskFailedEventAttributes: reset,
  } = event;
  if (terminated) return { command: 'terminate', identity: terminated.identity, reason: terminated.reason };
  if (cancelRequested)
    return { command: 'request-cancel', identity: cancelRequested.identity, reason: cancelRequested.cause };
  if (reset?.newRunId === run) return { command: 'reset', identity: reset.identity, reason: reset.failure?.message };
  return undefined;
}

/** A reset bears the server's name, and nobody else's. */
function actOf({ principal, eventTime }: HistoryEvent, { command, identity, reason }: Done): Act | undefined {
  const isServers = isSignedByServer(identity);
  if (isServers && command === 'terminate') return undefined;
  const at = (optionalTsToDate(eventTime) ?? new Date()).toISOString();
  return {
    at,
    by: principal?.name || (isServers || identity === forNobody ? '' : identity) || '',
    reason: reason ?? '',
  };
}

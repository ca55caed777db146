import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { type OpenWorkflow, openWorkflows } from './open-workflows.ts';

export type Replayed = { workflowId: string; runId: string; error?: Error };

type Options = {
  client: Client;
  /** Of this build; with what the payloads are read by. */
  replay: ReplayWorkerOptions;
  /** Of each type and build. */
  most?: number | undefined;
};

/** Replays the histories of what is open, as workers of this build would. It only reads: no worker polls, nothing is written. */
export async function* replayOpen({ client, replay, most }: Options): AsyncGenerator<Replayed> {
  const results = Worker.runReplayHistories(replay, historiesOf(client, openWorkflows(client, most)));
  for await (const { workflowId, runId, error } of results) yield { workflowId, runId, ...(error && { error }) };
}

/** One after the other: they are asked for as they are replayed, so only one is held at a time. */
async function* historiesOf(client: Client, workflows: AsyncIterable<OpenWorkflow>) {
  for await (const { workflowId, runId } of workflows) {
    try {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      yield { workflowId, history };
    } catch (error) {
      // It was erased meanwhile.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
}

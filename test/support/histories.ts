import type { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { expect } from 'vitest';
import { testKeys } from '../../dev/test-keys.ts';
import type { PayloadKeys } from '../../process/settings/payload-keys.ts';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { createWorkerDataConverter } from '../../temporal/codec/data-converter.ts';
import { workflowSpans } from '../../temporal/tracing/worker-spans.ts';

type Histories = Extract<Parameters<typeof Worker.runReplayHistories>[1], Iterable<unknown>>;
export type History = Histories extends Iterable<infer One> ? One : never;

export function historiesOf(client: Client, workflowIds: Iterable<string>): Promise<History[]> {
  return Promise.all(
    [...workflowIds].map(async (workflowId) => ({
      workflowId,
      history: await client.workflow.getHandle(workflowId).fetchHistory(),
    })),
  );
}

/** Of all workflows that the server has; the time-skipping one can't list them. */
export async function allHistories(client: Client): Promise<History[]> {
  const workflowIds: string[] = [];
  for await (const { workflowId } of client.workflow.list()) workflowIds.push(workflowId);
  return historiesOf(client, workflowIds);
}

/**
 * Replays histories against the workflow code as it is now: one that no longer replays is a running submission that
 * would get stuck.
 *
 * @param least how many there are at least, so that the test can't pass for want of any
 */
export async function expectReplay(
  histories: readonly History[],
  least: number,
  payloadKeys: PayloadKeys = testKeys,
): Promise<void> {
  const dataConverter = createWorkerDataConverter(payloadKeys);
  const workflowBundle = await findWorkflowBundle();
  const results = Worker.runReplayHistories({ workflowBundle, dataConverter, sinks: workflowSpans() }, histories);

  const failures: unknown[] = [];
  for await (const { workflowId, error } of results) if (error) failures.push({ workflowId, error });
  expect(failures).toEqual([]);
  expect(histories.length).toBeGreaterThanOrEqual(least);
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { firstAnswerSchema, post, problemOf } from '../support/app.ts';
import { aRequest } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();
const { aGateway } = useGateways(server);

const burst = 1_000;
const aSecond = 1_000;

/** Milliseconds: two busy cores take a minute for as many starts, beside a worker. */
const timeout = 300_000;

test('H13, H26: of 1,000 submits in one second, each is received by coming again when told; none is lost', {
  timeout,
}, async () => {
  const app = aGateway();
  const told = { nothingWasStarted: 0, unconfirmed: 0, unconfirmedWithoutKey: 0 };
  const client = async (_: unknown, at: number) => {
    await delay((at * aSecond) / burst);
    const headers: Record<string, string> = at % 2 ? { 'Idempotency-Key': randomUUID() } : {};
    const content = aRequest({ title: `Talk ${at}` });
    for (;;) {
      const response = await post(app, content, headers);
      if (response.status === 202) return firstAnswerSchema.parse(await response.json()).id;
      const seconds = Number(response.headers.get('Retry-After'));
      const { status, detail } = await problemOf(response);
      expect(status).toBe(503);
      if (detail?.includes('Nothing was started')) told.nothingWasStarted += 1;
      else if (at % 2) told.unconfirmed += 1;
      else told.unconfirmedWithoutKey += 1;
      await delay(seconds * aSecond);
    }
  };

  const [ids, workflows] = await withWorker(server, async () => {
    const ids = new Set(await Promise.all(Array.from({ length: burst }, client)));
    return [ids, await idsOfWorkflows(burst)] as const;
  });

  expect(ids.size).toBe(burst);
  expect([...ids].filter((id) => !workflows.has(`submission-${id}`))).toEqual([]);
  expect(told.nothingWasStarted).toBeGreaterThan(0);
  // Whoever was told that nothing was started has started nothing.
  expect(workflows.size - burst).toBeLessThanOrEqual(told.unconfirmedWithoutKey);
});

/** Once the list, which lags, has so many, and no longer grows. */
async function idsOfWorkflows(least: number): Promise<Set<string>> {
  let before = -1;
  for (;;) {
    const ids = new Set<string>();
    const query = "WorkflowType = 'submission'";
    for await (const { workflowId } of server.env.client.workflow.list({ query })) ids.add(workflowId);
    if (ids.size >= least && ids.size === before) return ids;
    before = ids.size;
    await delay(aSecond);
  }
}

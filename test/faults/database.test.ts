import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { submit, waitForResult } from '../../client/index.ts';
import { submissionPageSchema } from '../../contract/http/listed-submission.ts';
import { decisionOf } from '../../contract/record.ts';
import { recordQuery } from '../../contract/workflow/queries.ts';
import { aRelayToDatabase } from '../../dev/stand-ins/relay.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { shared } from '../support/shared.ts';
import { createDatabase } from '../support/stores.ts';

/** Until it is decided, and its record is left to an activity that retries. */
async function untilRecording(handle: WorkflowHandle): Promise<void> {
  const isTried = async () => {
    const { events } = await handle.fetchHistory();
    const scheduled = events?.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
    const { state } = await handle.query(recordQuery);
    return scheduled?.includes('recordFromWorkflow') && decisionOf(state) !== undefined;
  };
  while (!(await isTried())) await delay(100);
}

/** Only where there is a database that can go away: the embedded one is a file. */
describe.skipIf(!inject('hasPostgres'))('PostgreSQL goes away while the service runs (where it is installed)', () => {
  let stack: Awaited<ReturnType<typeof createTemporaryStack>>;
  let relay: Awaited<ReturnType<typeof aRelayToDatabase>>['relay'];
  let database: Awaited<ReturnType<typeof createDatabase>>;

  beforeAll(async () => {
    database = await createDatabase('PostgreSQL');
    const way = await aRelayToDatabase(database.location);
    relay = way.relay;
    stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal, way.through);
    await stack.startTemporal();
    await stack.startWorker();
  });
  afterAll(async () => {
    await stack.stop();
    await database.remove();
  });

  test('submissions come to their end all the same, and are on record when it is back', async () => {
    const gateway = await stack.startGateway(callFile);
    const list = async () => {
      const headers = { Authorization: `Bearer ${gateway.organiserToken}` };
      const response = await fetch(`${gateway.url}/api/organiser/submissions`, { headers });
      return {
        status: response.status,
        items: response.ok ? submissionPageSchema.parse(await response.json()).items : [],
      };
    };
    const handleOf = (id: string) => stack.client.workflow.getHandle(`submission-${id}`);
    const before = await waitForResult((await submit(gateway.url, aRequest())).location);
    await handleOf(before.id).result();

    await relay.cut();
    const { location } = await submit(gateway.url, aRequest({ title: 'Submitted without a database' }));
    const id = location.split('/').at(-1) ?? '';
    await untilRecording(handleOf(id));
    const outage = await list();
    const untold = await (await fetch(location)).json();
    const unfinished = await handleOf(id).describe();
    await relay.mend();
    const without = await waitForResult(location);
    await handleOf(id).result();

    expect([before.result, without.result]).toEqual([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
    expect(outage.status).toBe(503);
    // The outcome is told once it is on record.
    expect(untold).toMatchObject({ status: 'Running', stage: 'selection' });
    expect(unfinished.status.name).toBe('RUNNING');
    let listed = await list();
    for (; listed.status === 503; listed = await list()) await delay(100);
    expect(listed.items.map(({ id, outcome }) => [id, outcome])).toEqual([
      [without.id, 'accepted'],
      [before.id, 'accepted'],
    ]);
    expect(listed.items[0]?.verdicts).toHaveLength(3);
    expect(listed.items[0]?.lastUpdatedAt).toBe(without.lastUpdatedAt);
  });
});

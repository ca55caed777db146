import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { PayloadCodec } from '@temporalio/common';
import { expect, test } from 'vitest';
import { rulesOf } from '../../contract/call/call.ts';
import { withdrawUpdate } from '../../contract/workflow/commands.ts';
import { amidLocalActivity } from '../../contract/workflow/errors.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { createWorkerDataConverter } from '../../temporal/codec/data-converter.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { aSlowCall } from '../support/fixtures.ts';
import { type History, historiesOf } from '../support/histories.ts';
import { panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';
import { refusalOf, usePeople } from '../support/use-people.ts';

const server = useDevServer();
const { start } = usePeople(server);

/** Names of the events of a history, as Temporal's API numbers them. */
const [taskScheduled, taskCompleted, marker] = [5, 7, 25];

test('submissions that are polled while their first step is recorded wait as long as they are told to', async () => {
  const handles = await Promise.all(
    Array.from({ length: 30 }, (_, index) => start(rulesOf(aSlowCall(`${1 + index * 10}ms`)))),
  );
  // The queries wait for the workers with the first task of each, and are answered with it.
  const polled = Promise.all(handles.map((handle) => handle.query(publicStatusQuery)));
  await withWorker(server, async () => {
    await polled;
    await Promise.all(handles.map((handle) => handle.result()));
  });

  const ids = handles.map(({ workflowId }) => workflowId);
  const histories = await historiesOf(server.env.client, ids);
  // Else nothing has been tried: the answer was sent before the first step had gone on.
  expect(histories.filter(isAnsweredBetween).length).toBeGreaterThan(0);
});

/** The first task ended while a local activity ran, or right after, and the next one began at once. */
function isAnsweredBetween({ history }: History): boolean {
  const types = (history as { events: { eventType: number }[] }).events.map(({ eventType }) => eventType);
  const [first, second] = types.slice(types.indexOf(taskCompleted) + 1);
  return first === taskScheduled || (first === marker && second === taskScheduled);
}

test('a command amid a local activity whose task was cut by a poll is refused for the moment, and counts when given again', async () => {
  const gate = new EventEmitter();
  const [begun, asked] = [once(gate, 'begun'), once(gate, 'asked')];
  const moderate: typeof server.activities.moderate = async (...args) => {
    gate.emit('begun');
    await once(gate, 'open');
    return server.activities.moderate(...args);
  };
  // The poll waits for the worker with the first task, and its answer ends it. It is held until the command has come.
  const holding: PayloadCodec = {
    async encode(payloads) {
      const isStatus = payloads.some(({ data }) => Buffer.from(data ?? []).includes('"lastUpdatedAt"'));
      if (isStatus) await asked;
      return payloads;
    },
    decode: async (payloads) => payloads,
  };
  const converter = createWorkerDataConverter(server.payloadKeys);
  const dataConverter = { ...converter, payloadCodecs: [holding, ...(converter.payloadCodecs ?? [])] };
  const handle = await start(panelRules());
  const polled = handle.query(publicStatusQuery);

  const [refusal, status] = await withWorker(
    server,
    async () => {
      await begun;
      const refused = refusalOf(handle.executeUpdate(withdrawUpdate, { args: [{}] }));
      const withdrawn = giveCommand(handle, withdrawUpdate, { args: [{}], updateId: 'withdraw' });
      await delay(500);
      gate.emit('asked');
      await polled;
      gate.emit('open');
      const answers = await Promise.all([refused, withdrawn]);
      await handle.result();
      return answers;
    },
    { activities: { moderate }, dataConverter },
  );

  expect(refusal.type).toBe(amidLocalActivity);
  expect(status).toMatchObject({ status: 'Canceled' });
});

testThatHistoriesReplay(server, 31);

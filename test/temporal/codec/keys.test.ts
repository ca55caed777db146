import { Client, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import proto from '@temporalio/proto';
import { describe, expect, test } from 'vitest';
import { decideUpdate, undeliveredSignal } from '../../../contract/workflow/commands.ts';
import { recordQuery } from '../../../contract/workflow/queries.ts';
import type { PayloadKeys } from '../../../process/settings/payload-keys.ts';
import { createDataConverter, createWorkerDataConverter } from '../../../temporal/codec/data-converter.ts';
import { UnreadablePayloadError } from '../../../temporal/codec/unreadable-payload-error.ts';
import { statusOf } from '../../support/app.ts';
import { aRequest } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { expectReplay, historiesOf } from '../../support/histories.ts';
import { accept, accessByName, as, inPanel } from '../../support/organisers.ts';
import { aPanelCall } from '../../support/people.ts';
import { useDevServer, withWorker } from '../../support/temporal.ts';

const first = { id: 'first', key: Buffer.alloc(32, 1) };
const second = { id: 'second', key: Buffer.alloc(32, 2) };

const server = useDevServer(undefined, [first]);
const gateways = useGateways(server);
const { aGateway, submitTo, pathOf, untilTerminal } = gateways;

/** Milliseconds for Temporal to delete a workflow, on a busy machine. */
const patience = { timeout: 60_000, interval: 200 };

const withKeys = <Result>(payloadKeys: PayloadKeys, run: () => Promise<Result>) =>
  withWorker(server, run, { dataConverter: createWorkerDataConverter(payloadKeys) });

const aPanelGateway = (payloadKeys: PayloadKeys) => aGateway({ call: aPanelCall(), access: accessByName, payloadKeys });

const clientWith = (payloadKeys: PayloadKeys) =>
  new Client({
    connection: server.env.connection,
    namespace: server.env.namespace ?? 'default',
    dataConverter: createDataConverter(payloadKeys),
  });

/** As text: ids of keys are in clear. */
async function bytesOf(workflowId: string): Promise<string> {
  const history = await server.env.client.workflow.getHandle(workflowId).fetchHistory();
  return Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish()).toString('latin1');
}

describe('a new key', () => {
  test('takes over in the middle of a submission, and the old one is needed for what it wrote', async () => {
    const before = aPanelGateway([first]);
    const { id, path, handle } = await withKeys([first], () => inPanel(gateways, before));

    const after = aPanelGateway([second, first]);
    const decided = await withKeys([second, first], async () => {
      const response = await as(after, 'OLGA', 'PUT', `${path}/decision`, accept);
      await as(after, 'OLGA', 'POST', '/announcements', { submissions: [id] });
      await untilTerminal(after, id);
      await handle.result().catch(() => undefined);
      return response.status;
    });

    expect(decided).toBe(200);
    const bytes = await bytesOf(handle.workflowId);
    expect([bytes.includes('first'), bytes.includes('second')]).toEqual([true, true]);
    await expectReplay(await historiesOf(server.env.client, [handle.workflowId]), 1, [second, first]);
    await expect(
      expectReplay(await historiesOf(server.env.client, [handle.workflowId]), 1, [second]),
    ).rejects.toThrow();
  });
});

describe('a lost key', () => {
  test('stops what it wrote, without an end, and nothing else; with the key, it goes on', async () => {
    const before = aPanelGateway([first]);
    const [open, over, other] = await withKeys([first], async () => {
      const [open, other] = [await inPanel(gateways, before), await inPanel(gateways, before)];
      const over = await submitTo(aGateway({ payloadKeys: [first], isProved: true }), aRequest());
      await untilTerminal(aGateway({ payloadKeys: [first] }), over.id);
      await over.handle.result();
      return [open, over, other] as const;
    });

    const without = aPanelGateway([second]);
    const lost = await withKeys([second], async () => {
      const read = await without.request(pathOf(open.id));
      const ended = await without.request(pathOf(over.id));
      const list = await as(without, 'OLGA', 'GET', '/submissions');
      const decision = await as(without, 'OLGA', 'PUT', `${open.path}/decision`, accept);
      const erase = () => as(without, 'OLGA', 'DELETE', `/submissions/${other.id}`);
      await expect.poll(async () => (await erase()).status, patience).toBe(200);
      const fresh = await submitTo(aGateway({ payloadKeys: [second] }), aRequest());
      const status = await untilTerminal(aGateway({ payloadKeys: [second] }), fresh.id);
      return {
        statuses: [read, ended, list, decision].map((one) => one.status),
        status,
        answer: await read.text(),
      };
    });
    const raw = { namespace: server.env.namespace ?? '', execution: { workflowId: open.handle.workflowId } };
    const { workflowExecutionInfo } = await server.env.client.workflowService.describeWorkflowExecution(raw);
    const decided = await withKeys([second, first], async () => {
      const back = aPanelGateway([second, first]);
      for (;;) {
        const response = await as(back, 'OLGA', 'PUT', `${open.path}/decision`, accept);
        if (response.status !== 503)
          return [response.status, (await statusOf(await back.request(pathOf(open.id)))).status];
      }
    });

    expect(lost.statuses).toEqual([503, 200, 200, 503]);
    await expect(other.handle.describe()).rejects.toThrow(WorkflowNotFoundError);
    expect(lost.answer).not.toContain('first');
    expect(lost.status).toMatchObject({ status: 'Succeeded' });
    // temporal.api.enums.v1.WorkflowExecutionStatus: it runs.
    expect(workflowExecutionInfo?.status).toBe(1);
    expect(decided).toEqual([200, 'Running']);
  });
});

describe('who can write to Temporal, but has no key', () => {
  test('gives no command: it does not count, and hinders none that follows', async () => {
    const app = aPanelGateway([first]);
    const outsider = clientWith(['off']);

    const [refused, undecided, decided] = await withKeys([first], async () => {
      const { path, handle } = await inPanel(gateways, app);
      const command = { by: 'Olga', stage: 'selection', outcome: 'passed', override: true, reason: 'Mine' } as const;
      const given = outsider.connection.withDeadline(Date.now() + 2_000, () =>
        outsider.workflow.getHandle(handle.workflowId).executeUpdate(decideUpdate, { args: [command] }),
      );
      const refused = await given.catch((error: unknown) => error);
      const { state } = await handle.query(recordQuery);
      const response = await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      return [refused, state.verdicts.filter(({ stage }) => stage === 'selection'), response.status];
    });

    // The refusal is encrypted, too.
    expect(refused).toBeInstanceOf(UnreadablePayloadError);
    expect([undecided, decided]).toEqual([[], 200]);
  });

  test('holds a submission up by a signal, which nobody can refuse, until `off` is behind the key', async () => {
    const app = aPanelGateway([first]);
    const [id, path, held] = await withKeys([first], async () => {
      const { id, path, handle } = await inPanel(gateways, app);
      await clientWith(['off']).workflow.getHandle(handle.workflowId).signal(undeliveredSignal, 'no letter');
      const decision = await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
      return [id, path, decision.status];
    });

    const healed = aPanelGateway([first, 'off']);
    await withKeys([first, 'off'], () =>
      expect.poll(async () => (await as(healed, 'OLGA', 'PUT', `${path}/decision`, accept)).status, patience).toBe(200),
    );

    expect(held).toBe(503);
    expect((await statusOf(await healed.request(pathOf(id)))).status).toBe('Running');
  });
});

test('what was written in clear before is read with `off` behind the key', async () => {
  const plain = aPanelGateway(['off']);
  const { id, path } = await withKeys(['off'], () => inPanel(gateways, plain));

  const app = aPanelGateway([first, 'off']);
  const [decision, status] = await withKeys([first, 'off'], async () => {
    const response = await as(app, 'OLGA', 'PUT', `${path}/decision`, accept);
    await as(app, 'OLGA', 'POST', '/announcements', { submissions: [id] });
    return [response.status, await untilTerminal(app, id)];
  });

  expect(decision).toBe(200);
  expect(status).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
});

test('the message of a failure is encrypted, with its stack, and readable with the key', async () => {
  const words = 'Planted Name of a failure';
  const moderate = async () => {
    throw ApplicationFailure.nonRetryable(words, 'planted', [words]);
  };

  const { handle } = await withWorker(
    server,
    async () => {
      const submitted = await submitTo(aGateway(), aRequest());
      await expect.poll(async () => (await submitted.handle.fetchHistory()).events?.some(isFailed)).toBe(true);
      return submitted;
    },
    { activities: { moderate } },
  );

  expect(await bytesOf(handle.workflowId)).not.toContain('Planted');
  const { events } = await handle.fetchHistory();
  const failure = events?.find(isFailed)?.markerRecordedEventAttributes?.failure;
  const error = await decodeOptionalFailureToOptionalError(server.env.client.options.loadedDataConverter, failure);
  expect(failure?.message).toBe('Encoded failure');
  expect(error?.message).toBe(words);
});

type Event = NonNullable<
  Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>['events']
>[number];

const isFailed = ({ markerRecordedEventAttributes: marker }: Event) => Boolean(marker?.failure);

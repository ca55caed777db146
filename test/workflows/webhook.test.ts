import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { messageIdIn } from '../support/fixtures.ts';
import { panelRules } from '../support/people.ts';
import { testThatHistoriesReplay, useTimeSkippingServer } from '../support/temporal.ts';
import { usePeople, withdraw } from '../support/use-people.ts';

const server = useTimeSkippingServer();
const { withPeople, startPanel } = usePeople(server);
const day = 86_400;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** An endpoint with the given answers. */
async function anEndpoint(answer: (response: ServerResponse, attempt: number) => unknown) {
  const seen: { headers: IncomingMessage['headers']; at: number }[] = [];
  const endpoint = createServer(async ({ headers }, response) => {
    seen.push({ headers, at: await server.env.currentTimeMs() });
    answer(response, seen.length);
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    endpoint.closeAllConnections();
    endpoint.close();
  });
  const address = endpoint.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    idsSeen: () => seen.map(({ headers }) => headers['webhook-id']),
    /** Seconds between the calls. */
    pauses: () => seen.slice(1).map(({ at }, before) => (at - (seen[before]?.at ?? 0)) / 1_000),
  };
}

/** The calls of the webhook about a withdrawal within ten days, and the state of the message. */
async function toldOfWithdrawal(url: string) {
  const sender = createMessageSender({
    webhook: { url, secret: 'a-secret-of-a-webhook-of-32-or-more' },
    outbox: server.outbox,
    linkOf: (id) => `https://cfs.example.org/${id}#token`,
    http: { isAllowed: () => true, timeout: 300 },
  });
  const [{ store, env }, workflows] = [server, createWorkflows(server.env.client)];
  const activities = createActivities({ store, workflows, sender, now: () => env.currentTimeMs() });
  return withPeople(
    async () => {
      const handle = await startPanel(panelRules());
      await withdraw(handle);
      await server.env.sleep('10 days');
      const about = handle.workflowId.slice('submission-'.length);
      const delivery = server.env.client.workflow.getHandle(`messages-${about}`);
      // What is settled at the first attempt needs no delivery of its own.
      const isLeft = (await server.store.messages.find(messageIdIn(`${about}.withdrawn.webhook`)))?.attempts !== 1;
      if (isLeft) server.started.add(delivery.workflowId);
      const historyLength = isLeft ? (await delivery.describe()).historyLength : 0;
      const id = messageIdIn(`${about}.withdrawn.webhook`);
      return { id, message: await server.store.messages.find(id), size: historyLength };
    },
    { activities },
  );
}

describe('a webhook', () => {
  test('that answers 500 once is called again with the same id', async () => {
    const { url, idsSeen, pauses } = await anEndpoint((response, attempt) =>
      response.writeHead(attempt === 1 ? 500 : 204).end(),
    );

    const { id, message } = await toldOfWithdrawal(url);

    expect(message).toMatchObject({ state: 'sent', attempts: 2, detail: 'the answer was 204' });
    expect(idsSeen()).toEqual([id, id]);
    expect(pauses()).toHaveLength(1);
  });

  test('that always fails is called for about three days, less and less often; then the message is parked', async () => {
    const { url, idsSeen, pauses } = await anEndpoint((response, attempt) =>
      attempt % 2 ? response.writeHead(500).end() : response.destroy(),
    );

    const { id, message, size } = await toldOfWithdrawal(url);

    expect(message).toMatchObject({ state: 'parked', attempts: 10 });
    expect(idsSeen()).toEqual(Array(10).fill(id));
    const total = pauses().reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThan(3 * day);
    expect(total).toBeLessThan(4 * day);
    expect(pauses()).toEqual(pauses().toSorted((one, other) => one - other));
    expect(size).toBeLessThanOrEqual(12);
  });

  test('is not called before its Retry-After', async () => {
    const { url, pauses } = await anEndpoint((response, attempt) =>
      attempt === 1 ? response.writeHead(429, { 'Retry-After': '36000' }).end() : response.end(),
    );

    const { message } = await toldOfWithdrawal(url);

    expect(message).toMatchObject({ state: 'sent', attempts: 2 });
    expect(pauses()[0]).toBeGreaterThanOrEqual(36_000);
    expect(pauses()[0]).toBeLessThanOrEqual(36_000 * 1.2 + 1);
  });

  test('that is gone (410) is not called again, and the ledger says so', async () => {
    const { url, idsSeen } = await anEndpoint((response) => response.writeHead(410).end());

    const { message } = await toldOfWithdrawal(url);

    expect(message).toMatchObject({
      state: 'refused',
      attempts: 1,
      detail: 'the answer was 410: the endpoint is gone',
    });
    expect(idsSeen()).toHaveLength(1);
  });
});

testThatHistoriesReplay(server, 7);

import { createServer } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { messageIdIn } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();
const { aGateway, submitTo, untilTerminal } = useGateways(server);

test('a mail server that accepts connections and never answers holds no submission up', async () => {
  const sockets = new Set<{ destroy: () => void }>();
  const silent = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const smtpUrl = `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const sender = createMessageSender({ smtpUrl, outbox: server.outbox, linkOf: String });
  const activities = createActivities({ store: server.store, workflows: createWorkflows(server.env.client), sender });

  const [state, status] = await withWorker(
    server,
    async () => {
      const first = await submitTo(aGateway());
      while (sockets.size === 0) await turn();
      const second = await submitTo(aGateway());
      const status = await untilTerminal(aGateway(), second.id);
      const letter = await server.store.messages.find(messageIdIn(`${first.id}.receipt.email`));
      silent.close();
      for (const socket of sockets) socket.destroy();
      return [letter?.state, status.result];
    },
    // One activity at a time, beside those that send.
    { activities, maxConcurrentActivityTaskExecutions: 1 },
  );

  expect(status).toEqual({ outcome: 'accepted' });
  expect(state).toBe('sending');
});

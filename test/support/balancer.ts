import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Milliseconds between two probes of a gateway. */
const interval = 200;

/**
 * A balancer as operators have one: it keeps connections, asks each gateway whether it is ready, sends requests to those that
 * are in turn, and to the next one if a connection is refused. Nothing else is sent twice.
 */
export async function startBalancer(gateways: readonly string[]) {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set(gateways);
  let turn = 0;

  async function probe(gateway: string): Promise<void> {
    const isReady = await fetch(`${gateway}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) ready.add(gateway);
    else ready.delete(gateway);
  }
  const probing = setInterval(() => void Promise.all(gateways.map(probe)), interval);

  function forward(from: IncomingMessage, body: Buffer, to: ServerResponse, tries: number): void {
    const all = [...ready];
    turn += 1;
    const gateway = all[turn % all.length];
    if (gateway === undefined || tries > gateways.length) return void to.writeHead(502).end('no gateway is ready');
    const { method = 'GET', url = '', headers } = from;
    const upstream = request(new URL(url, gateway), { method, headers, agent }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNREFUSED') return void to.writeHead(502).end(`${error.code} of ${gateway}`);
      ready.delete(gateway);
      forward(from, body, to, tries + 1);
    });
    upstream.end(body);
  }

  const server = createServer((from, to) => {
    const chunks: Buffer[] = [];
    from.on('data', (chunk) => chunks.push(chunk)).on('end', () => forward(from, Buffer.concat(chunks), to, 1));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || !address) throw new Error('it listens on no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Whether requests go to this gateway. */
    isReady: (gateway: string) => ready.has(gateway),

    async close(): Promise<void> {
      clearInterval(probing);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What operators and their programs ask a process, on a port of its own: never on one that strangers reach. */
import { createServer, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { listen } from '../listen.ts';

export type OperationsAnswer = { status: number; type: string; body: string };

/** By path. Each is asked anew for each request, so an answer that is dear to make is kept by its maker. */
export type OperationsRoutes = Readonly<Record<string, () => OperationsAnswer | Promise<OperationsAnswer>>>;

/** Milliseconds for a request to arrive: its head is all there is to it. */
const requestTimeout = 5_000;

type Address = { host: string; port: number };

/** @throws SetupError if the port is in use */
export async function serveOperations({ host, port }: Address, routes: OperationsRoutes, log: Pick<Logger, 'error'>) {
  const server = createServer({ requestTimeout, headersTimeout: requestTimeout }, ({ method, url = '' }, response) => {
    const [path = ''] = url.split('?', 1);
    const answer = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (answer === undefined) return send(response, text(404, 'There is nothing here'));
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return send(response, text(405, 'Only GET and HEAD'));
    }
    void Promise.resolve()
      .then(answer)
      .catch((err: unknown) => {
        log.error({ err, path }, 'an answer for operators could not be made');
        return text(500, 'The log says why');
      })
      .then((one) => send(response, one));
  });

  await listen(server, { host, port, setting: 'OPERATIONS_PORT' });

  return {
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function text(status: number, body: string): OperationsAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${body}\n` };
}

/** Node leaves the body out of the answer to a HEAD. */
function send(response: ServerResponse, { status, type, body }: OperationsAnswer): void {
  response
    .writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    .end(body);
}

import { createServer, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { SetupError } from '../setup-error.ts';
import { createProblems, type ProblemCode } from './problem.ts';

/** After this time, in milliseconds, a stopping server hangs up on requests that are still under way. */
const patienceWithOpenRequests = 5_000;

/**
 * Node's HTTP server in front of the app. What Node refuses by itself, before the app is asked, is a problem document
 * as well (contract H25).
 */
export function createHttpServer(
  fetch: (request: Request) => Response | Promise<Response>,
  publicUrl: string,
  log: Pick<Logger, 'error'>,
) {
  const problem = createProblems(publicUrl);

  const listener = getRequestListener(fetch, {
    errorHandler: (error) => {
      // The app answers its own errors: what comes here is a request that can't be read as one.
      const isRequestError = error instanceof Error && error.name === 'RequestError';
      if (!isRequestError) log.error({ err: error }, 'request failed outside the app');
      const { status, headers, body } = problem(isRequestError ? 'malformed-request' : 'internal-error');
      return new Response(body, { status, headers: { ...headers, ...hardened } });
    },
  });

  // Node would answer a missing Host without a body: the listener above refuses it as well.
  const server = createServer({ requireHostHeader: false }, (request, response) => void listener(request, response));

  server.on('checkExpectation', (_, response: ServerResponse) => {
    const { status, headers, body } = problem('expectation-failed');
    response.writeHead(status, { ...headers, ...hardened, Connection: 'close' }).end(body);
  });

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const { status, headers, body } = problem(refusals[error.code ?? ''] ?? 'malformed-request');
    const lines = Object.entries({
      ...headers,
      ...hardened,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    });
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
    );
  });

  return {
    listen: (port: number, host: string) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => {
          reject(
            error.code === 'EADDRINUSE'
              ? new SetupError(`Port ${port} is taken: end what listens there, or set PORT to another one`, {
                  cause: error,
                })
              : error,
          );
        });
        server.listen(port, host, resolve);
      }),

    close: () =>
      new Promise<void>((resolve) => {
        const hangUp = setTimeout(() => server.closeAllConnections(), patienceWithOpenRequests);
        server.close(() => {
          clearTimeout(hangUp);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** For the answers that the app's own middleware doesn't see (contract H28). */
const hardened = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const refusals: Record<string, ProblemCode | undefined> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

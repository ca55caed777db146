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

  // The response that is under way on each connection.
  const responses = new WeakMap<Duplex, ServerResponse>();

  // Node would answer a missing Host without a body: the listener above refuses it as well.
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    responses.set(request.socket, response);
    void listener(request, response);
  });

  server.on('checkExpectation', (_, response: ServerResponse) => {
    const { status, headers, body } = problem('expectation-failed');
    response.writeHead(status, { ...headers, ...hardened, Connection: 'close' }).end(body);
  });

  server.on('connect', (_, socket: Duplex) =>
    refuse(socket, 'method-not-allowed', { Allow: 'GET, HEAD, POST, DELETE' }),
  );

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const code = refusals[error.code ?? ''] ?? 'malformed-request';
    const response = responses.get(socket);
    // What follows a good request must not take the place of its answer: the submission may be there already. A request
    // that broke off itself gets no other answer, since the app waits for the rest of it.
    if (response?.req.complete && !response.writableFinished) response.once('finish', () => refuse(socket, code));
    else refuse(socket, code);
  });

  /** Answers below HTTP's own parser, and hangs up. */
  function refuse(socket: Duplex, code: ProblemCode, more: Record<string, string> = {}) {
    const { status, headers, body } = problem(code);
    const fields = Object.entries({ ...headers, ...hardened, ...more, Connection: 'close' });
    const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...fields.map(([name, value]) => `${name}: ${value}`)];
    // Not only our side: who keeps the other one open would keep the server from stopping.
    socket.on('error', () => socket.destroy());
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  }

  return {
    listen: (port: number, host: string) =>
      new Promise<void>((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EADDRINUSE') return reject(error);
          const mend = 'end what listens there, or set PORT to another one';
          return reject(new SetupError(`Port ${port} is taken: ${mend}`, { cause: error }));
        };
        server.once('error', fail);
        server.listen(port, host, () => {
          server.off('error', fail);
          resolve();
        });
      }),

    close: () =>
      new Promise<void>((resolve) => {
        const hangUp = setTimeout(() => server.closeAllConnections(), patienceWithOpenRequests);
        server.close(() => {
          clearTimeout(hangUp);
          resolve();
        });
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

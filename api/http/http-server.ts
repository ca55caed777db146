import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import type { Logger } from 'pino';
import { listen } from '../../process/listen.ts';
import { createProblems } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import { safeHeaders } from './safe-headers.ts';

/** Milliseconds after which a stopping server closes connections with requests still in progress. */
const closingTime = 5_000;

// Milliseconds. Proxies keep idle connections for 60 s, and answer 502 if the server closes one first.
const keepAliveTimeout = 75_000;
const headersTimeout = 80_000;

/** Milliseconds without traffic before a connection is closed: longer than a request is held. */
const inactivityTimeout = 120_000;

type App = {
  fetch: (request: Request, bindings: HttpBindings | Http2Bindings) => Response | Promise<Response>;
  routes: readonly { method: string }[];
};

/** Told of each request that reaches the app, or is refused in its place. */
type Observer = { begin: (request: IncomingMessage, response: ServerResponse) => void };

/** Node's HTTP server. Requests that Node refuses before the app sees them get a problem document too (contract H25). */
export function createHttpServer(
  { fetch, routes }: App,
  publicUrl: string,
  log: Pick<Logger, 'error'>,
  observer?: Observer,
) {
  const problem = createProblems(publicUrl);
  const allow = { Allow: methodsOf(routes).join(', ') };

  const listener = getRequestListener(fetch, {
    // For HTTP/1.0 requests without Host. No response depends on it (contract H7).
    hostname: new URL(publicUrl).host,
    errorHandler: (error) => {
      const isRequestError = error instanceof Error && error.name === 'RequestError';
      if (!isRequestError) log.error({ err: error }, 'request failed outside the app');
      const { status, headers, body } = problem(isRequestError ? 'malformed-request' : 'internal-error');
      return new Response(body, { status, headers: { ...headers, ...safeHeaders } });
    },
  });

  /** The last response of each connection, until it is sent: a kept connection keeps no more than it needs. */
  const responses = new Map<Duplex, ServerResponse>();
  let isStopping = false;

  // Node would answer a missing Host without a body.
  const options = { requireHostHeader: false, keepAliveTimeout, headersTimeout };
  const server = createServer(options, (request, response) => {
    responses.set(request.socket, response);
    observer?.begin(request, response);
    response.once('finish', () => {
      if (responses.get(request.socket) === response) responses.delete(request.socket);
    });
    response.shouldKeepAlive &&= !isStopping;
    if (!hasOneHost(request)) answer(response, 'malformed-request');
    else if (isAboutTheServer(request)) response.writeHead(204, { ...safeHeaders, ...allow }).end();
    else void listener(request, response);
  });
  server.timeout = inactivityTimeout;
  server.on('connection', (socket) => socket.once('close', () => responses.delete(socket)));
  // A client may close its side after sending the whole request, and is still answered (contract H35).
  Object.assign(server, { httpAllowHalfOpen: true });

  server.on('checkExpectation', (_, response: ServerResponse) => {
    response.shouldKeepAlive = false;
    answer(response, 'expectation-failed');
  });

  server.on('connect', (_, socket: Duplex) => refuse(socket, 'method-not-allowed', allow));

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const code = refusals[error.code ?? ''] ?? 'malformed-request';
    const response = responses.get(socket);
    // Garbage after a good request must not replace its response: the submission may have started already.
    if (response?.req.complete && !response.writableFinished) response.once('finish', () => refuse(socket, code));
    else refuse(socket, code);
  });

  function answer(response: ServerResponse, code: ProblemCode) {
    const { status, headers, body } = problem(code);
    response.writeHead(status, { ...headers, ...safeHeaders }).end(body);
  }

  function refuse(socket: Duplex, code: ProblemCode, more: Record<string, string> = {}) {
    const { status, headers, body } = problem(code);
    const fields = Object.entries({ ...headers, ...safeHeaders, ...more, Connection: 'close' });
    const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...fields.map(([name, value]) => `${name}: ${value}`)];
    // Both sides: a client that kept its side open would keep the server from stopping.
    socket.on('error', () => socket.destroy());
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  }

  return {
    listen: (port: number, host: string) => listen(server, { host, port, setting: 'PORT' }),

    /**
     * Answers what is under way, and then no more. A balancer may not have noticed yet, so until `isDrained` it still takes
     * requests, each one the last of its connection.
     */
    async close(isDrained: Promise<unknown> = Promise.resolve()): Promise<void> {
      isStopping = true;
      for (const response of responses.values()) response.shouldKeepAlive = false;
      await isDrained;
      await new Promise<void>((resolve) => {
        const hangUp = setTimeout(() => server.closeAllConnections(), closingTime);
        server.close(() => {
          clearTimeout(hangUp);
          resolve();
        });
      });
    },
  };
}

const refusals: Record<string, ProblemCode | undefined> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

function methodsOf(routes: App['routes']): string[] {
  const methods = new Set(routes.map(({ method }) => method).filter((method) => method !== 'ALL'));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

const host = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;

/** RFC 9112, 3.2. Health checks of load balancers use HTTP/1.0, which has no Host. */
function hasOneHost({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  const count = rawHeaders.filter((name, at) => at % 2 === 0 && name.length === 4 && /^host$/i.test(name)).length;
  if (httpVersion === '1.0' && !headers.host) return count <= 1;
  return count === 1 && host.test(headers.host ?? '');
}

/** `OPTIONS *` pings the server (RFC 9110, 9.3.7); HAProxy's health check does so by default. */
function isAboutTheServer({ method, url, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && (url === '*' || (url === '/' && headers.origin === undefined));
}

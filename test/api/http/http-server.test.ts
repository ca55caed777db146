import { once } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Http2Bindings, HttpBindings } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHttpServer } from '../../../api/http/http-server.ts';
import { freePort } from '../../../dev/ports.ts';
import { anApp } from '../../support/app.ts';
import { aRequest, publicUrl } from '../../support/fixtures.ts';

let port: number;
let server: ReturnType<typeof createHttpServer>;

beforeAll(async () => {
  port = await freePort();
  server = createHttpServer(anApp().app, publicUrl, { error: () => undefined });
  await server.listen(port, '127.0.0.1');
});

afterAll(() => server.close());

/** Sends bytes as they are, and gives the whole answer. */
function send(text: string): Promise<{ head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      answer += chunk;
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      const length = Number(
        /content-length: (\d+)/i.exec(head)?.[1] ?? (/^HTTP\/1.1 204 /.test(head) ? 0 : Number.NaN),
      );
      if (Buffer.byteLength(body) >= length && answer.includes('\r\n\r\n')) {
        socket.destroy();
        resolve({ head, body });
      }
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`hung up after: ${answer}`)));
  });
}

describe('H25, H28: what is refused below the app is a problem document as well', () => {
  const path = '/api/submissions';
  const chunked = 'Transfer-Encoding: chunked\r\n';
  test.each([
    ['a request line of nonsense', 'nonsense\r\n\r\n', 400],
    ['no Host', `GET ${path} HTTP/1.1\r\n\r\n`, 400],
    ['an empty Host', `GET ${path} HTTP/1.1\r\nHost: \r\n\r\n`, 400],
    ['no Host, beside a whole URL', `GET http://a${path} HTTP/1.1\r\n\r\n`, 400],
    ['two Hosts', `GET ${path} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`, 400],
    ['the same Host twice', `GET ${path} HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n`, 400],
    ['two Hosts in HTTP/1.0', `GET ${path} HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n`, 400],
    ['two Hosts in one', `GET ${path} HTTP/1.1\r\nHost: a, b\r\n\r\n`, 400],
    ['a Host of nonsense, beside a whole URL', `GET http://a${path} HTTP/1.1\r\nHost: a b\r\n\r\n`, 400],
    ['a Host of nonsense', `GET ${path} HTTP/1.1\r\nHost: a b/../\\\r\n\r\n`, 400],
    ['a header without a name', `GET ${path} HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n`, 400],
    ['two lengths', `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 400],
    ['a length and chunks', `POST ${path} HTTP/1.1\r\nHost: a\r\n${chunked}Content-Length: 5\r\n\r\n0\r\n\r\n`, 400],
    [
      'chunks that are not the last coding',
      `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n`,
      400,
    ],
    ['a coding that hides', `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n`, 400],
    ['a space before the colon', `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\n`, 400],
    ['a length with a sign', `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde`, 400],
    [
      'a length that is too long for a number',
      `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${'9'.repeat(30)}\r\n\r\n`,
      400,
    ],
    ['a field that is folded', `GET ${path} HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\nX\r\n\r\n`, 400],
    ['a NUL in a field', `GET ${path} HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n`, 400],
    ['a bare CR in a field', `GET ${path} HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n`, 400],
    ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['another protocol', '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03', 400],
    ['32 KiB of headers', `GET ${path} HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(32_768)}\r\n\r\n`, 431],
    ['an expectation', `POST ${path} HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nContent-Length: 0\r\n\r\n`, 417],
    ['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['a method that fetch knows nothing of', `TRACE ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, 405],
  ])('%s', async (_, request, status) => {
    const { head, body } = await send(request);

    expect(head.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    expect(head.toLowerCase()).toContain('cache-control: no-store');
    expect(head.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(head.toLowerCase()).toContain("content-security-policy: default-src 'none'");
    expect(JSON.parse(body)).toMatchObject({ status });
  });

  test.each([
    ['a body that is longer than it says', ' '],
    ['a second request that is none', 'nonsense\r\n\r\n'],
    ['a second request with too large a header', `GET /api HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(32_768)}\r\n\r\n`],
  ])('H6, H7: %s does not take the place of the answer to the first', async (_, tail) => {
    const content = JSON.stringify(aRequest());
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${content.length}`;

    const { head: answer } = await send(`${head}\r\n\r\n${content}${tail}`);

    expect(answer).toMatch(/^HTTP\/1.1 202 /);
  });

  test('an upgrade to another protocol is answered as if it was not asked for', async () => {
    const { head } = await send(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);

    expect(head).toMatch(/^HTTP\/1.1 405 /);
  });
});

describe('what load balancers ask', () => {
  test.each([
    ['OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', 204],
    ['OPTIONS * HTTP/1.0\r\n\r\n', 204],
    // What HAProxy sends unless told otherwise.
    ['OPTIONS / HTTP/1.0\r\n\r\n', 204],
    ['GET /openapi.json HTTP/1.0\r\n\r\n', 200],
    ['GET http://another.example/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n', 200],
    ['GET /openapi.json HTTP/1.1\r\nHost: [::1]:3000\r\n\r\n', 200],
    ['GET * HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ])('%j: %d', async (request, status) => {
    const { head } = await send(request);

    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  test('H20: what is about no path in particular names the methods of all of them', async () => {
    const answers = [
      await send('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'),
      await send('CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n'),
    ];

    for (const { head } of answers) expect(head).toMatch(/\r\nAllow: DELETE, GET, HEAD, PATCH, POST, PUT\r\n/);
  });

  test('H35: an idle connection lives longer than the 60 s of common proxies', async () => {
    const { head } = await send('GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n');

    expect(Number(/\r\nKeep-Alive: timeout=(\d+)/.exec(head)?.[1])).toBeGreaterThan(60);
  });
});

function submission(): string {
  const content = JSON.stringify(aRequest());
  const head = 'POST /api/submissions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json';
  return `${head}\r\nContent-Length: ${content.length}\r\n\r\n${content}`;
}

describe('H35: a client that closes its side after a whole request gets its answer', () => {
  /** Sends, closes, and gives all that comes. */
  const sendAll = (request: string, to = port) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', reject).on('end', () => resolve(answer));
      socket.end(request);
    });

  test('to a submit, and the connection is closed', async () => {
    expect(await sendAll(submission())).toMatch(/^HTTP\/1.1 202 /);
  });

  test('when it is ready only after that', async () => {
    const own = await freePort();
    const fetch = async (_: Request, { incoming }: HttpBindings | Http2Bindings) => {
      await once(incoming.socket, 'end');
      return new Response('late');
    };
    const late = createHttpServer({ fetch, routes: [] }, publicUrl, { error: () => undefined });
    await late.listen(own, '127.0.0.1');

    const answer = await sendAll(submission(), own);
    await late.close();

    expect(answer).toMatch(/^HTTP\/1.1 200 .*\r\n\r\nlate$/s);
  });

  test('to each of the requests that it has sent', async () => {
    const answers = await sendAll(`${submission()}${submission()}GET /openapi.json HTTP/1.0\r\n\r\n`);

    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 202', 'HTTP/1.1 202', 'HTTP/1.1 200']);
  });

  test('H18: to one that would be held, at once', async () => {
    const url = /^location: (.*)$/im.exec(await sendAll(submission()))?.[1]?.trim() ?? '';
    const begun = performance.now();

    const answer = await sendAll(`GET ${new URL(url).pathname} HTTP/1.1\r\nHost: a\r\nPrefer: wait=25\r\n\r\n`);

    expect(answer).toMatch(/^HTTP\/1.1 202 /);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

test('a server that stops lets no client begin another request on its connection', async () => {
  const own = await freePort();
  const fetch = vi.fn<() => Promise<Response>>();
  let answer = (_: Response) => {};
  fetch.mockReturnValue(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  const stopping = createHttpServer({ fetch, routes: [] }, publicUrl, { error: () => undefined });
  await stopping.listen(own, '127.0.0.1');
  const socket = connect(own, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  const head = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(`${chunk}`)));
  await vi.waitUntil(() => fetch.mock.calls.length === 1);

  const closed = stopping.close();
  answer(new Response('late'));
  await closed;

  expect(await head).toMatch(/\r\nConnection: close\r\n/i);
});

test('a server that drains still takes connections, for one request each, and then no more', async () => {
  const own = await freePort();
  const draining = createHttpServer({ fetch: () => new Response('served'), routes: [] }, publicUrl, {
    error: () => undefined,
  });
  await draining.listen(own, '127.0.0.1');
  const ask = () => fetch(`http://127.0.0.1:${own}/`);
  let isDrained = () => {};

  const closed = draining.close(
    new Promise<void>((resolve) => {
      isDrained = resolve;
    }),
  );
  const late = await ask();
  isDrained();
  await closed;

  expect([await late.text(), late.headers.get('Connection')]).toEqual(['served', 'close']);
  await expect(ask()).rejects.toThrow('fetch failed');
});

test('H28: the answer with a status has what a client needs, and nothing that means nothing to JSON', async () => {
  const { body: submitted } = await send(submission());
  const { head, body } = await send(`GET /api/submissions/${JSON.parse(submitted).id} HTTP/1.1\r\nHost: a\r\n\r\n`);
  const names = head
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());

  expect(JSON.parse(body)).toMatchObject({ status: 'NotStarted' });
  expect(head.length).toBeLessThanOrEqual(800);
  expect(names.sort()).toEqual(
    [
      ...[
        'cache-control',
        'connection',
        'content-length',
        'content-location',
        'content-security-policy',
        'content-type',
      ],
      ...['date', 'etag', 'keep-alive', 'location', 'operation-location'],
      ...['referrer-policy', 'retry-after', 'strict-transport-security', 'x-content-type-options', 'x-request-id'],
    ].sort(),
  );
});

test('H20: over the wire, HEAD has the length that GET has', async () => {
  const submitted = await fetch(`http://127.0.0.1:${port}/api/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(aRequest()),
  });
  const url = (submitted.headers.get('Location') ?? '').replace(publicUrl, `http://127.0.0.1:${port}`);

  const [get, head] = [await fetch(url), await fetch(url, { method: 'HEAD' })];

  expect(head.headers.get('Content-Length')).toBe(String((await get.text()).length));
  expect(await head.text()).toBe('');
});

describe('H25: a body that does not come to its end', () => {
  const head = `POST /api/submissions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`;

  test.each([
    ['in a chunk of nonsense', `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`, false],
    ['since its sender has closed', `${head}Content-Length: 10\r\n\r\n{`, true],
  ])('%s is answered by 400, and its connection is gone', async (_, request, isClosed) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => undefined);
    const ended = new Promise<boolean>((resolve) => {
      socket.once('end', () => resolve(true));
      setTimeout(() => resolve(false), 10_000);
    });

    socket.write(request);
    if (isClosed) socket.end();
    const isEnded = await ended;
    socket.destroy();

    expect(isEnded).toBe(true);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });
});

test.each([
  ['a tunnel', 'CONNECT example.org:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['nonsense', 'nonsense\r\n\r\n'],
])('a client that asked for %s and keeps its side open does not keep the server from stopping', async (_, request) => {
  const own = await freePort();
  const stopping = createHttpServer(anApp().app, publicUrl, { error: () => undefined });
  await stopping.listen(own, '127.0.0.1');
  const socket = connect({ port: own, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    socket.once('data', () => resolve());
    socket.write(request);
  });

  // Longer than the server leaves open requests.
  const closed = await Promise.race([
    stopping.close().then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20_000)),
  ]);

  expect(closed).toBe(true);
  socket.destroy();
});

test('a port that is taken is named, with the setting that changes it', async () => {
  const second = createHttpServer(anApp().app, publicUrl, { error: () => undefined });

  await expect(second.listen(port, '127.0.0.1')).rejects.toThrow(
    `Port ${port} is in use: stop the program that listens there, or set PORT`,
  );
});

test('a connection that is kept for the next request keeps nothing of the last one', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const own = await freePort();
  const last: WeakRef<object>[] = [];
  const fetch = (_: Request, { outgoing }: HttpBindings | Http2Bindings) => {
    last.push(new WeakRef(outgoing));
    return new Response('{}', { headers: { 'Content-Length': '2' } });
  };
  const keeping = createHttpServer({ fetch, routes: [] }, publicUrl, { error: () => undefined });
  await keeping.listen(own, '127.0.0.1');
  const socket = connect(own, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
  await once(socket, 'data');

  const isKept = () => {
    collect();
    return last.map((response) => response.deref() !== undefined);
  };
  await vi.waitFor(() => expect(isKept()).toEqual([false]), { timeout: 5_000 });

  expect(socket.readyState).toBe('open');
  socket.destroy();
  await keeping.close();
});

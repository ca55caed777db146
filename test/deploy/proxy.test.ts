import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpServer } from '../../api/http/http-server.ts';
import { createLimits } from '../../api/limits/limits.ts';
import { freePort } from '../../dev/ports.ts';
import { anApp } from '../support/app.ts';
import { aRequest, publicUrl } from '../support/fixtures.ts';
import { useProxies } from '../support/proxy.ts';

const nginx = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync) ?? '';
const startProxy = useProxies(nginx);
const files = new URL('../../deploy/proxy/', import.meta.url);
const closings: (() => unknown)[] = [];
afterAll(() => Promise.all(closings.map((close) => close())));

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Asked = { method?: string; headers?: Record<string, string>; body?: string; from?: string };

function ask(port: number, path: string, { method = 'GET', headers = {}, body, from }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const options = { host: '127.0.0.1', port, path, method, headers: { ...json, ...headers }, agent: false };
    const sent = request({ ...options, ...(from === undefined ? {} : { localAddress: from }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: Buffer.concat(chunks).toString() });
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function listen(server: Server): Promise<number> {
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  closings.push(() => server.close());
  return port;
}

/** A gateway that reads a request and dies of it, and whose port is still open. */
async function startDying(requests: string[]): Promise<number> {
  return listen(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        requests.push(data.toString().split(' ', 1)[0] ?? '');
        socket.destroy();
      });
    }),
  );
}

describe.skipIf(nginx === '')(
  'two gateways behind nginx with the rules that are shipped (where it is installed)',
  () => {
    /** What each gateway was asked. */
    const asked: string[][] = [[], []];
    let proxy: number;

    beforeAll(async () => {
      // As the database does it for all gateways.
      const limits = createLimits();
      const { plain } = anApp({ limits, trustedProxies: ['127.0.0.1'] });
      const ports = await Promise.all(
        asked.map(async (own) => {
          const counted = {
            routes: plain.routes,
            fetch: (request: Request, bindings: Parameters<typeof plain.fetch>[1]) => {
              own.push(new URL(request.url).pathname);
              return plain.fetch(request, bindings);
            },
          };
          const server = createHttpServer(counted, publicUrl, { error: () => undefined });
          const port = await freePort();
          await server.listen(port, '127.0.0.1');
          closings.push(() => server.close());
          return port;
        }),
      );
      proxy = await startProxy(...ports);
    });

    const submit = async (headers: Record<string, string> = {}) =>
      ask(proxy, '/api/submissions', { method: 'POST', body: JSON.stringify(aRequest()), headers });
    const pathOf = ({ headers }: Answer) => new URL(headers.location ?? '').pathname;

    test('a submit is answered with URLs below PUBLIC_URL, whatever the request says of itself', async () => {
      const lie = {
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        Forwarded: 'for=192.0.2.1;host=evil.example',
      };

      const { status, headers } = await submit(lie);

      expect(status).toBe(202);
      expect(headers.location).toMatch(new RegExp(`^${publicUrl}/api/submissions/[0-9a-f]{32}$`));
    });

    test('what is about one submission reaches one gateway, and both have work', async () => {
      const paths = await Promise.all(Array.from({ length: 32 }, async () => pathOf(await submit())));
      for (const own of asked) own.length = 0;

      await Promise.all(
        paths.flatMap((path) => [ask(proxy, path), ask(proxy, path), ask(proxy, `${path}/attendance`)]),
      );

      const [one = [], other = []] = asked.map((own) => own.map((path) => path.split('/')[3]));
      expect(one.filter((id) => other.includes(id))).toEqual([]);
      expect([one.length > 0, other.length > 0, one.length + other.length]).toEqual([true, true, 96]);
    });

    test('a status keeps its ETag: 304 for the one who has it, and HEAD is without a body', async () => {
      const path = pathOf(await submit());
      const { status, headers, body } = await ask(proxy, path);

      const again = await ask(proxy, path, { headers: { 'If-None-Match': headers.etag ?? '' } });
      const head = await ask(proxy, path, { method: 'HEAD' });

      expect([status, JSON.parse(body).status]).toEqual([202, 'NotStarted']);
      expect(headers.etag).toMatch(/^"[^"]+"$/);
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
      expect([head.status, head.body, head.headers.etag]).toEqual([202, '', headers.etag]);
      expect(head.headers['content-length']).toBe(headers['content-length']);
    });

    test('the rate limits count the address of the client, and nothing that it says of itself', async () => {
      const path = pathOf(await submit());
      const lying = (number: number) => ({ 'X-Forwarded-For': `198.51.100.${number}` });

      const polls = await Promise.all(
        Array.from({ length: 61 }, (_, number) => ask(proxy, path, { from: '127.0.0.2', headers: lying(number) })),
      );
      const blamed = await ask(proxy, path, { from: '127.0.0.3', headers: { 'X-Forwarded-For': '127.0.0.2' } });

      expect(polls.filter(({ status }) => status === 429)).toHaveLength(1);
      expect(blamed.status).toBe(202);
    });

    test('a talk of more than 64 KiB is refused by the gateway, and one of megabytes by nginx, both by a problem document', async () => {
      const large = await ask(proxy, '/api/submissions', { method: 'POST', body: JSON.stringify('x'.repeat(65_536)) });
      const huge = await ask(proxy, '/api/submissions', { method: 'POST', headers: { 'Content-Length': '3000000' } });

      expect([large.status, JSON.parse(large.body)]).toMatchObject([
        413,
        { type: `${publicUrl}/problems#content-too-large` },
      ]);
      expect([huge.status, JSON.parse(huge.body)]).toEqual([
        413,
        { type: 'about:blank', title: 'The content is too large', status: 413 },
      ]);
      expect(huge.headers['content-type']).toBe('application/problem+json');
    });

    test('a request id of the client is the one of the answer', async () => {
      const { headers } = await submit({ 'X-Request-Id': 'of-the-client' });

      expect(headers['x-request-id']).toBe('of-the-client');
    });
  },
);

describe.skipIf(nginx === '')('a gateway that is gone (with nginx, where it is installed)', () => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
    '%s reaches the other one where it reached none',
    async (method) => {
      const alive = await listen(
        createServer((socket) =>
          socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n')),
        ),
      );
      const proxy = await startProxy(await freePort(), alive);
      const body = method === 'GET' ? {} : { body: '{}' };

      const answers = await Promise.all(
        Array.from({ length: 8 }, () => ask(proxy, '/api/submissions', { method, ...body })),
      );

      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
    },
  );

  test.each([
    ['GET', 2],
    ['HEAD', 2],
    ['PUT', 2],
    ['DELETE', 2],
    ['POST', 1],
    ['PATCH', 1],
  ])('%s, that breaks off, is made %i times, and is then a 503 with Retry-After', async (method, times) => {
    const requests: string[] = [];
    const proxy = await startProxy(await startDying(requests), await startDying(requests));
    const body = method === 'GET' || method === 'HEAD' ? {} : { body: '{}' };

    const answer = await ask(proxy, '/api/submissions', { method, ...body });

    expect(requests).toEqual(Array.from({ length: times }, () => method));
    expect([answer.status, answer.headers['retry-after'], answer.headers['content-type']]).toEqual([
      503,
      '5',
      'application/problem+json',
    ]);
    if (method !== 'HEAD') expect(JSON.parse(answer.body)).toMatchObject({ type: 'about:blank', status: 503 });
  });
});

test('nginx waits for an answer longer than a gateway holds it', () => {
  const [, seconds] = /^proxy_read_timeout (\d+)s;$/m.exec(readFileSync(new URL('rules.conf', files), 'utf8')) ?? [];

  expect(Number(seconds)).toBeGreaterThan(25 + 10);
});

test.skipIf(nginx === '')('the file of the compose deployment is valid (where nginx is installed)', async () => {
  const folder = await mkdtemp(join(tmpdir(), `call-for-speakers-nginx-${process.pid}-`));
  await cp(files, folder, { recursive: true });
  const file = join(folder, 'nginx.conf');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('/tmp/', `${folder}/`));

  // Through a pipe, as containers have it: /dev/stdout can't be opened if it is a socket.
  const { stdout } = await promisify(execFile)('sh', ['-c', `'${nginx}' -t -q -e stderr -c '${file}' 2>&1 | cat`]);

  expect(stdout).toBe('');
  await rm(folder, { recursive: true });
});

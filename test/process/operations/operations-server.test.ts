import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../../../dev/ports.ts';
import { type OperationsRoutes, serveOperations } from '../../../process/operations/operations-server.ts';

const closed: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closed.splice(0)) await close();
});

async function serve(routes: OperationsRoutes) {
  const port = await freePort();
  const logged: object[] = [];
  const server = await serveOperations({ host: '127.0.0.1', port }, routes, {
    error: (entry: object) => logged.push(entry),
  });
  closed.push(server.close);
  return { port, logged, ask: (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init) };
}

const routes = { '/health/live': () => ({ status: 200, type: 'text/plain', body: 'alive' }) };

describe('the port for operators', () => {
  test('answers GET and HEAD, whatever the query', async () => {
    const { ask } = await serve(routes);

    const [read, head] = [await ask('/health/live?verbose=1'), await ask('/health/live', { method: 'HEAD' })];

    expect([read.status, await read.text(), read.headers.get('cache-control')]).toEqual([200, 'alive', 'no-store']);
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '5']);
  });

  test('refuses other methods and paths', async () => {
    const { ask } = await serve(routes);

    const [written, unknown, inherited] = [
      await ask('/health/live', { method: 'POST', body: 'x' }),
      await ask('/metrics'),
      await ask('/constructor'),
    ];

    expect([written.status, written.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect([unknown.status, inherited.status]).toEqual([404, 404]);
  });

  test('says nothing of an error, which goes to the log', async () => {
    const failure = new Error('the password is wrong');
    const { ask, logged } = await serve({ '/metrics': () => Promise.reject(failure) });

    const answer = await ask('/metrics');

    expect([answer.status, await answer.text()]).toEqual([500, 'The log says why\n']);
    expect(logged).toEqual([{ err: failure, path: '/metrics' }]);
  });

  test('that is in use is named, with the setting', async () => {
    const { port } = await serve(routes);

    await expect(serveOperations({ host: '127.0.0.1', port }, routes, { error: () => undefined })).rejects.toThrow(
      /is in use: .*OPERATIONS_PORT/,
    );
  });
});

import { describe, expect, test } from 'vitest';
import { gatewayHealth } from '../../api/health.ts';
import { type Condition, down, up } from '../../process/health/condition.ts';
import { anApp } from '../support/app.ts';

type Parts = { temporal?: Condition; worker?: Condition; database?: Condition };

function aGateway({ temporal = up, worker = up, database = up }: Parts = {}) {
  const stopping = new AbortController();
  const health = gatewayHealth({
    temporal: async () => temporal,
    worker: async () => worker,
    database: async () => database,
    stopping: stopping.signal,
  });
  const { app } = anApp({ health });
  return { stop: () => stopping.abort(), ask: (path: string, init?: RequestInit) => app.request(path, init) };
}

describe('GET /health/live', () => {
  test('200, whatever else is down, and while it stops', async () => {
    const unreachable = down('unreachable');
    const { ask, stop } = aGateway({ temporal: unreachable, worker: down('unknown'), database: unreachable });

    stop();
    const response = await ask('/health/live');

    expect([response.status, await response.json()]).toEqual([200, { status: 'up' }]);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('GET /health/ready', () => {
  test('200 with each part', async () => {
    const response = await aGateway().ask('/health/ready');

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'up',
      temporal: { up: true },
      worker: { up: true },
      database: { up: true },
    });
  });

  test.each([
    ['no worker polls', { worker: down('nobody polls') }],
    ['the database is away', { database: down('unreachable') }],
    ['Temporal is away', { temporal: down('no answer'), worker: down('unknown') }],
    ['workers and database are away', { worker: down('nobody polls'), database: down('no answer') }],
  ])('H13, H16: 200 with the reason when %s: something can still be served', async (_, parts) => {
    const response = await aGateway(parts).ask('/health/ready');

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'up', temporal: up, worker: up, database: up, ...parts });
  });

  test('H25, H26: a problem with the reasons and Retry-After when nothing could be served', async () => {
    const parts = { temporal: down('refused'), worker: down('unknown'), database: down('no answer') };

    const response = await aGateway(parts).ask('/health/ready');

    expect(response.status).toBe(503);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(response.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect(await response.json()).toMatchObject({ status: 503, ...parts });
  });

  test('503 from the moment it stops, although all parts are up', async () => {
    const { ask, stop } = aGateway();
    const before = await ask('/health/ready');

    stop();

    expect([before.status, (await ask('/health/ready')).status]).toEqual([200, 503]);
  });
});

describe.each(['/health/live', '/health/ready'])('%s', (path) => {
  test('H20: HEAD is GET without the body, and other methods are refused', async () => {
    const { ask } = aGateway();

    const [get, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
    const post = await ask(path, { method: 'POST' });

    expect([head.status, head.headers.get('Content-Length'), await head.text()]).toEqual([
      200,
      get.headers.get('Content-Length'),
      '',
    ]);
    expect([post.status, post.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
  });
});

import { EventEmitter } from 'node:events';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createRequestMetrics } from '../../../api/metrics/request-metrics.ts';
import { unwatched } from '../../../api/watching/around.ts';
import { createMetrics } from '../../../process/metrics/metrics.ts';

/** A response that is sent, or whose connection breaks before. */
class FakeResponse extends EventEmitter {
  headersSent = false;
  statusCode = 200;
  end(status: number) {
    this.headersSent = true;
    this.statusCode = status;
    this.emit('close');
  }
}

async function labelsAfter(act: (requests: ReturnType<typeof createRequestMetrics>) => void): Promise<string[]> {
  const metrics = createMetrics({ part: 'gateway', build: 'a' });
  act(createRequestMetrics(metrics));
  const { body } = await metrics.routes['/metrics']();
  return [...body.matchAll(/^cfs_http_request_duration_seconds_count\{(.*)\} /gm)].map(([, labels = '']) => labels);
}

test('a connection that breaks before an answer has no status', async () => {
  const labels = await labelsAfter(({ begin }) => {
    const response = new FakeResponse();
    begin({ method: 'GET' }, response);
    response.emit('close');
  });

  expect(labels).toEqual(['route="none",method="GET",status="aborted"']);
});

test('however many methods clients make up, they make one label', async () => {
  const labels = await labelsAfter(({ begin }) => {
    for (const method of ['PROPFIND', 'LINK', 'constructor', '__proto__']) {
      const response = new FakeResponse();
      begin({ method }, response);
      response.end(405);
    }
  });

  expect(labels).toEqual(['route="none",method="other",status="405"']);
});

test('a page that asks the API is counted once, as the page', async () => {
  const labels = await labelsAfter(({ begin, around }) => {
    const response = new FakeResponse();
    const app = new Hono();
    const named = around(unwatched);
    const route = named('/api/route', (c) => c.text(''));
    const page = named('/page', (c) => app.fetch(new Request('http://localhost/api/route'), c.env));
    app.get('/api/route', route);
    app.get('/page', page);
    begin({ method: 'GET' }, response);
    void app.fetch(new Request('http://localhost/page'), { outgoing: response });
    response.end(200);
  });

  expect(labels).toEqual(['route="/page",method="GET",status="200"']);
});

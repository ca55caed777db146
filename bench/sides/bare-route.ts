/** The baseline: a bare Hono route with constant answers, in a process of its own. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { runProcess } from '../../process/run-process.ts';
import { environment } from '../../process/settings/read-settings.ts';

await runProcess('bare-route', async () => {
  const app = new Hono()
    .get('/api/submissions/:id', (c) =>
      c.json({
        id: c.req.param('id'),
        status: 'Succeeded',
        stage: 'selection',
        createdAt: '2026-11-23T07:14:01.182Z',
        lastUpdatedAt: '2026-11-23T07:14:09.592Z',
        progress: { completed: 3, total: 3 },
        result: { outcome: 'accepted' },
      }),
    )
    .get('/bytes/:count', (c) => c.body('x'.repeat(Number(c.req.param('count')))));
  const server = serve({ fetch: app.fetch, port: Number(environment().PORT), hostname: '127.0.0.1' });
  return { stop: async () => void server.close() };
});

/** The baseline of a read: a bare Hono route with the bytes of ours, in a process of its own. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { runProcess } from '../../process/run-process.ts';
import { environment } from '../../process/settings/read-settings.ts';

await runProcess('bare-route', async () => {
  const { PORT, BARE_STATUS = '200', BARE_HEADERS = '{}', BARE_BODY = '{}' } = environment();
  const status = BARE_STATUS === '202' ? 202 : 200;
  const headers: Record<string, string> = JSON.parse(BARE_HEADERS);
  const app = new Hono()
    .get('/api/submissions/:id', (c) => c.body(BARE_BODY, status, headers))
    .get('/body-only/:id', (c) => c.json({ ...JSON.parse(BARE_BODY), id: c.req.param('id') }, status))
    .get('/bytes/:count', (c) => c.body('x'.repeat(Number(c.req.param('count')))));
  const server = serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' });
  return { stop: async () => void server.close() };
});

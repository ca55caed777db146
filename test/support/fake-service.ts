import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const page = `<!doctype html><title>A page of somebody's</title><link rel="icon" href="data:,"><output></output>
<script type="module">
  import { submit, waitForResult } from './dist/client/index.js';
  const speaker = { name: 'Ada', email: 'ada@example.org' };
  const talk = { title: 'A talk', description: 'About something or other.', track: 'web', speaker };
  const { location: status } = await submit(location.origin, talk);
  const { result } = await waitForResult(status);
  document.querySelector('output').textContent = result.outcome;
</script>`;

const status = (change: object) => ({
  id: '1',
  status: 'Running',
  stage: 'selection',
  createdAt: '2026-11-01T12:00:00.000Z',
  lastUpdatedAt: '2026-11-01T12:00:00.000Z',
  progress: { completed: 2, total: 3 },
  ...change,
});

/** A service that has accepted each talk by its second poll; and a page that uses the client in `dist`, without a bundler. */
export async function fakeService(dist: string) {
  let polls = 0;
  const server = createServer(async ({ method, url = '/' }, response) => {
    if (method === 'POST') {
      polls = 0;
      return json(response, 202, status({ speakerToken: 'a.b' }), {
        Location: '/api/submissions/1',
        'Retry-After': '0',
      });
    }
    if (url === '/api/submissions/1') {
      polls += 1;
      const isOver = polls > 1;
      const change = isOver ? { status: 'Succeeded', result: { outcome: 'accepted' } } : {};
      return json(response, isOver ? 200 : 202, status(change), { ETag: `"${polls}"`, 'Retry-After': '0' });
    }
    if (url === '/') return response.setHeader('Content-Type', 'text/html').end(page);
    const file = await readFile(join(dist, url.replace(/^\/dist\//, ''))).catch(() => undefined);
    response.writeHead(file ? 200 : 404, { 'Content-Type': 'text/javascript' }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function json(response: ServerResponse, code: number, content: object, headers: Record<string, string>): void {
  response.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(content));
}

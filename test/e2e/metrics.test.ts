/** What a Prometheus is told by gateway and worker, after a life of a submission. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { theCall } from '../../dev/histories/material.ts';
import { freePort } from '../../dev/ports.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { jsonOf } from '../support/organisers.ts';
import { shared } from '../support/shared.ts';

const planted = ['planted-title', 'planted-description', 'planted-name', 'planted-email', 'planted-path', 'PLANTED'];
const talk = {
  title: 'planted-title about waiting',
  description: 'planted-description: enough words for a committee to judge it by, and a little more than that.',
  track: 'web',
  speaker: { name: 'planted-name', email: 'planted-email@example.org' },
};

/** Milliseconds for processes of their own to come to a state. */
const patience = { timeout: 30_000 };

let stack: Awaited<ReturnType<typeof createTemporaryStack>>;
let gateway: { url: string };
let operations: { gateway: string; worker: string };
let id: string;

beforeAll(async () => {
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  await stack.startTemporal();
  const [one, two] = [await freePort(), await freePort()];
  operations = { gateway: `http://127.0.0.1:${one}/metrics`, worker: `http://127.0.0.1:${two}/metrics` };
  gateway = await stack.startGateway(theCall, undefined, { OPERATIONS_PORT: `${one}` });
  const submitted = await fetch(`${gateway.url}/api/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(talk),
  });
  ({ id } = await jsonOf(submitted));
});
afterAll(() => stack.stop());

const scrape = async (part: 'gateway' | 'worker') => (await fetch(operations[part])).text();

/** Values by name and labels. */
async function valuesOf(part: 'gateway' | 'worker'): Promise<Record<string, number>> {
  const lines = (await scrape(part)).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

/** A method that `fetch` would not send. */
const send = (method: string, path: string) =>
  new Promise<void>((resolve, reject) => {
    request(`${gateway.url}${path}`, { method }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });

const count = (route: string, method: string, status: string) =>
  `cfs_http_request_duration_seconds_count{route="${route}",method="${method}",status="${status}"}`;

test('a gateway counts requests by their declared routes, whatever a client sends', async () => {
  await fetch(`${gateway.url}/api/submissions/${id}`);
  await fetch(`${gateway.url}/planted-path/${id}`);
  await fetch(`${gateway.url}/api/submissions/planted-path`);
  await send('PROPFIND', `/api/submissions/${id}`);
  await send('HEAD', '/');

  const values = await valuesOf('gateway');

  expect(values).toMatchObject({
    [count('/api/submissions', 'POST', '202')]: 1,
    [count('/api/submissions/{id}', 'GET', '202')]: 1,
    [count('none', 'GET', '404')]: 1,
    [count('/api/submissions/{id}', 'GET', '404')]: 1,
    [count('none', 'other', '405')]: 1,
    [count('/', 'HEAD', '200')]: 1,
    cfs_http_requests_in_flight: 0,
    'cfs_status_answers_total{source="unknown"}': 0,
  });
});

test('a held request is seen while it waits, and its wait is no latency', async () => {
  await fetch(`${gateway.url}/api/submissions/${id}`);
  const before = await valuesOf('gateway');
  const held = fetch(`${gateway.url}/api/submissions/${id}`, { headers: { Prefer: 'wait=2' } });
  await expect.poll(async () => (await valuesOf('gateway')).cfs_waiters, patience).toBe(1);
  expect((await valuesOf('gateway')).cfs_http_requests_in_flight).toBe(1);
  await held;
  const after = await valuesOf('gateway');

  const labels = 'route="/api/submissions/{id}",method="GET",status="202"';
  const name = `cfs_http_request_duration_seconds_bucket{${labels},le="1"}`;
  const rose = (key: string) => (after[key] ?? 0) - (before[key] ?? 0);
  expect(Object.keys(after).filter((key) => key.includes(labels) && key.includes('_bucket')).length).toBeGreaterThan(5);
  expect(rose(name)).toBe(1);
  expect(after).toMatchObject({ cfs_waiters: 0, cfs_http_requests_in_flight: 0 });
});

test('a request whose client goes away is in flight no more', async () => {
  const gone = new AbortController();
  const held = fetch(`${gateway.url}/api/submissions/${id}`, { headers: { Prefer: 'wait=20' }, signal: gone.signal });
  await expect.poll(async () => (await valuesOf('gateway')).cfs_http_requests_in_flight, patience).toBe(1);
  gone.abort();
  await held.catch(() => undefined);

  await expect.poll(async () => (await valuesOf('gateway')).cfs_http_requests_in_flight, patience).toBe(0);
});

test('the parts that a process needs are up or down, as its readiness has them', async () => {
  const alone = await valuesOf('gateway');
  await stack.startWorker(undefined, { OPERATIONS_PORT: new URL(operations.worker).port });
  await expect.poll(async () => (await valuesOf('gateway'))['cfs_part_up{part="worker"}'], patience).toBe(1);

  expect(alone).toMatchObject({ 'cfs_part_up{part="temporal"}': 1, 'cfs_part_up{part="worker"}': 0 });
  expect(await valuesOf('worker')).toMatchObject({
    'cfs_part_up{part="worker"}': 1,
    'cfs_part_up{part="database"}': 1,
  });
});

test("a worker adds the SDK's own metrics", async () => {
  await expect
    .poll(
      async () => Object.keys(await valuesOf('worker')).filter((key) => key.startsWith('temporal_workflow_task')),
      patience,
    )
    .not.toEqual([]);
});

test('nothing that people write is in a metric, and no path', async () => {
  const texts = [await scrape('gateway'), await scrape('worker')];

  const found = [...planted, id].filter((word) => texts.some((text) => text.includes(word)));

  expect(found).toEqual([]);
});

/** Names of labels, by metric. */
type Listed = Record<string, string>;

const labelsIn = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, label]) => label))].sort().join();

function documented(): Listed {
  const text = readFileSync(new URL('../../docs/telemetry.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(cfs_\w+)` \| (\w+) \|([^|]*)\|/gm)];
  return Object.fromEntries(
    rows.map(([, name, type, labels = '']) => [`${name} ${type}`, labelsIn(labels, /`(\w+)`/g)]),
  );
}

test('docs/telemetry.md lists exactly the metrics that there are, each with its type and labels', async () => {
  const text = [await scrape('gateway'), await scrape('worker')].join('\n');
  const names = [...text.matchAll(/^# TYPE (cfs_\w+) (\w+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));
  const listed = documented();

  expect(Object.keys(listed).sort()).toEqual([...new Set(names.map(({ name, type }) => `${name} ${type}`))].sort());
  for (const { name, type } of names) {
    const series = text.split('\n').filter((line) => new RegExp(`^${name}(?:_bucket)?\\{`).test(line));
    const labels = labelsIn(series.join('\n').replaceAll(/,?le="[^"]*"/g, ''), /(\w+)="/g);
    // One that has no value now shows no labels.
    expect([name, labels]).toEqual([name, labels === '' ? '' : listed[`${name} ${type}`]]);
  }
});

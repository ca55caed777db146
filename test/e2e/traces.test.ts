/** What a collector gets of the gateway and the worker, as processes of their own. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { theCall } from '../../dev/histories/material.ts';
import { startCollector } from '../../dev/stand-ins/collector.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { aSubmission } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';
import { jsonOf } from '../support/organisers.ts';
import '../support/quiet-sdk.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { shared } from '../support/shared.ts';

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;

/** Milliseconds for a submission to come to its next wait, with everything in processes of its own. */
const patience = { timeout: 30_000 };

const panel = { kind: 'panel', quorum: 1, deadline: '30d', reminders: [], whenDue: 'escalate' };
const call = { ...theCall, stages: { ...theCall.stages, selection: { policy: panel, bar: 3 } } };

/** Of a stranger. */
const foreign = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

let stack: Stack;
let collector: Awaited<ReturnType<typeof startCollector>>;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let url: string;

beforeAll(async () => {
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  collector = await startCollector();
  // It takes none now: all are left to workflows of their own.
  smtp = await startSmtp(() => ({ at: 'rcpt', code: 450 }));
  await stack.startTemporal();
  const [gateway] = await Promise.all([
    stack.startGateway(call, undefined, collector.settings),
    stack.startWorker(undefined, { ...collector.settings, SMTP_URL: smtp.url }),
  ]);
  url = gateway.url;
});
afterAll(async () => {
  await stack.stop();
  await smtp.close();
  await collector.close();
});

const submit = (to = url) =>
  jsonOf(
    fetch(`${to}/api/submissions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', traceparent: foreign },
      body: JSON.stringify(aSubmission()),
    }),
  );

/** With the name of the parent, as far as it was sent. */
function edges(): string[] {
  const { spans } = collector;
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return spans.map(({ name, parentSpanId = '' }) => `${names.get(parentSpanId) ?? '-'} > ${name}`);
}

test('a submission is one trace: the request, the workflow, its activities, the mail, and the delivery that goes on later', async () => {
  const { id } = await submit();

  await expect
    .poll(edges, patience)
    .toEqual(
      expect.arrayContaining([
        '- > POST /api/submissions',
        'POST /api/submissions > StartWorkflow:submission',
        'StartWorkflow:submission > RunWorkflow:submission',
        'StartWorkflow:submission > RunActivity:moderate',
        'StartWorkflow:submission > RunActivity:record',
        'RunActivity:sendAtOnce > send email',
        'RunActivity:sendAtOnce > SignalWithStartWorkflow:delivery',
        'SignalWithStartWorkflow:delivery > RunWorkflow:delivery',
        'SignalWithStartWorkflow:delivery > RunActivity:deliver',
      ]),
    );
  expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(JSON.stringify(collector.spans)).not.toContain('a'.repeat(32));
  expect(JSON.stringify(collector.spans)).not.toContain(id);
});

test('what comes later by an update is in the trace of its own request', async () => {
  const { id, speakerToken } = await submit();
  const headers = { Authorization: `Bearer ${speakerToken}` };
  await expect
    .poll(async () => (await jsonOf(fetch(`${url}/api/submissions/${id}`))).stage, patience)
    .toBe('selection');

  await fetch(`${url}/api/submissions/${id}`, { method: 'DELETE', headers });

  await expect
    .poll(edges, patience)
    .toEqual(
      expect.arrayContaining([
        'DELETE /api/submissions/{id} > UpdateWorkflow:withdraw',
        'UpdateWorkflow:withdraw > HandleUpdate:withdraw',
        'UpdateWorkflow:withdraw > RunActivity:record',
      ]),
    );
});

test('histories with a trace in them replay without one', async () => {
  await expectReplay(await allHistories(stack.client), 3);
});

test('a collector that never answers holds up neither a request nor the end of a process', async () => {
  const silent = await startCollector({ isSilent: true });
  const patient = { OTEL_EXPORTER_OTLP_TIMEOUT: '600000', OTEL_BSP_EXPORT_TIMEOUT: '600000' };
  const gateway = await stack.startGateway(call, undefined, { ...silent.settings, ...patient });

  const { status } = await submit(gateway.url);
  await expect.poll(() => silent.requests, patience).toBeGreaterThan(0);
  const [{ status: then }] = [await submit(gateway.url)];
  await gateway.stop();

  expect([status, then]).toEqual(['NotStarted', 'NotStarted']);
  expect(gateway.exitCode).toBe(0);
  await silent.close();
});

test('nothing of OpenTelemetry is loaded without an endpoint', async () => {
  const before = new Set(await readdir(stack.folder));
  const hook = new URL('../support/note-opentelemetry.mjs', import.meta.url).href;
  const noting = { NODE_OPTIONS: `--import ${hook}` };
  const parts = await Promise.all([
    stack.startGateway(call, undefined, noting),
    stack.startWorker(undefined, noting),
    stack.startGateway(call, undefined, { ...noting, ...collector.settings, PUBLIC_URL: 'https://traced.example.org' }),
  ]);
  await Promise.all(parts.map((part) => part.stop()));

  const logs = (await readdir(stack.folder)).filter((name) => name.endsWith('.log') && !before.has(name));
  const texts = await Promise.all(logs.map((name) => readFile(join(stack.folder, name), 'utf8')));
  const loading = texts.filter((text) => /^loads /m.test(text));

  expect(texts).toHaveLength(3);
  expect(loading).toEqual([expect.stringContaining('traced.example.org')]);
});

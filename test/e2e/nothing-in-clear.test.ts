/** What Temporal, its tools, and whoever reads the disk or the logs see of a submission: none of what people have written. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { hashOf } from '../../api/people/access.ts';
import { recordQuery } from '../../contract/workflow/queries.ts';
import { theCall } from '../../dev/histories/material.ts';
import { freePort } from '../../dev/ports.ts';
import { startCollector } from '../../dev/stand-ins/collector.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { idOf } from '../support/fixtures.ts';
import { jsonOf } from '../support/organisers.ts';
import { shared } from '../support/shared.ts';

/** `traces`: what a collector was sent. `operations`: ports for operators, of the gateway and of the worker. */
type Stack = Awaited<ReturnType<typeof createTemporaryStack>> & {
  traces: readonly Uint8Array[];
  operations: readonly [string, string];
};

/** Milliseconds for a submission to come to its next wait, with everything in processes of its own. */
const patience = { timeout: 30_000 };

const planted = [
  ...['title', 'description', 'name', 'email', 'bio', 'notes', 'link', 'co-speaker', 'co-email', 'edit'],
  ...['organiser', 'reviewer', 'note', 'feedback', 'conflict', 'decision', 'announcement', 'cancellation'],
].map((field) => `planted-${field}`);

const talk = {
  title: 'planted-title about waiting',
  description: 'planted-description: enough words for a committee to judge it by, and a little more than that.',
  track: 'web',
  speaker: { name: 'planted-name', email: 'planted-email@example.org', bio: 'planted-bio' },
  notes: 'planted-notes',
  links: ['https://example.org/planted-link'],
  coSpeakers: [{ name: 'planted-co-speaker', email: 'planted-co-email@example.org' }],
};

const panel = { kind: 'panel', quorum: 1, deadline: '30d', reminders: [], whenDue: 'escalate' };
const call = {
  ...theCall,
  announcement: 'by-organisers',
  attendance: { deadline: '30d', reminders: [], cancelUntil: '2099-12-01T00:00:00Z' },
  stages: { ...theCall.stages, selection: { policy: panel, bar: 3 } },
};
const people = [
  { name: 'planted-organiser', role: 'organiser', token: hashOf('token-of-the-organiser-of-this-test') },
  { name: 'planted-reviewer', role: 'reviewer', token: hashOf('token-of-the-reviewer-of-this-test') },
  { name: 'Rolf', role: 'reviewer', token: hashOf('token-of-another-reviewer-of-this-test') },
];

/** One submission with all that people may write, to its end, and one that is withdrawn. */
async function lifeOf(stack: Stack, payloadKeys: Record<string, string>): Promise<void> {
  const accessFile = join(stack.folder, 'planted-access.yaml');
  await writeFile(accessFile, stringify({ people }));
  // It repeats in its answer what it was told.
  const smtp = await startSmtp((recipient) => ({ at: 'rcpt', code: 550, reply: `no ${recipient}, planted-name` }));
  try {
    await livesOf(stack, { ...payloadKeys, SMTP_URL: smtp.url }, accessFile);
    expect(smtp.connections).toBeGreaterThan(0);
  } finally {
    await smtp.close();
  }
}

async function livesOf(stack: Stack, settings: Record<string, string>, accessFile: string): Promise<void> {
  const [ofGateway, ofWorker] = stack.operations;
  const [gateway] = await Promise.all([
    stack.startGateway(call, undefined, { ...settings, ACCESS_FILE: accessFile, OPERATIONS_PORT: ofGateway }),
    stack.startWorker(new URL('../support/talkative-worker.ts', import.meta.url), {
      ...settings,
      OPERATIONS_PORT: ofWorker,
    }),
  ]);

  async function ask(token: string, method: string, path: string, body?: object, headers = {}): Promise<Response> {
    for (;;) {
      const response = await fetch(`${gateway.url}/api/${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (response.status !== 503) return response;
    }
  }
  const asOrganiser = (method: string, path: string, body?: object) =>
    ask('token-of-the-organiser-of-this-test', method, `organiser/${path}`, body);
  const submit = async () => {
    const response = await fetch(`${gateway.url}/api/submissions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(talk),
    });
    return jsonOf(response);
  };
  const statusOf = async (id: string) => jsonOf(ask('', 'GET', `submissions/${id}`));
  const done = async (response: Promise<Response>) => {
    const answer = await response;
    if (!answer.ok) throw new Error(await answer.text());
  };

  const [{ id, speakerToken }, other] = [await submit(), await submit()];
  await expect.poll(async () => (await statusOf(id)).stage, patience).toBe('selection');
  await done(ask(stack.proofTokenOf(idOf(id)), 'POST', `submissions/${id}/proof`, { answer: 'mine' }));
  const proposal = await ask(speakerToken, 'GET', `submissions/${id}/proposal`);
  const edit = { 'Content-Type': 'application/merge-patch+json', 'If-Match': proposal.headers.get('ETag') ?? '' };
  await done(ask(speakerToken, 'PATCH', `submissions/${id}/proposal`, { title: 'planted-edit of the title' }, edit));
  const path = `submissions/${id}`;
  await expect.poll(async () => (await asOrganiser('GET', path)).status, patience).toBe(200);
  const review = { scores: { substance: 4 }, note: 'planted-note', feedback: 'planted-feedback' };
  await done(ask('token-of-the-reviewer-of-this-test', 'PUT', `organiser/${path}/review`, review));
  await done(
    ask('token-of-another-reviewer-of-this-test', 'PUT', `organiser/${path}/conflict`, { reason: 'planted-conflict' }),
  );
  const decision = { stage: 'selection', outcome: 'passed', override: true, reason: 'planted-decision' };
  await done(asOrganiser('PUT', `${path}/decision`, decision));
  await done(asOrganiser('POST', 'announcements', { submissions: [id], reason: 'planted-announcement' }));
  await expect.poll(async () => (await statusOf(id)).result?.attendance, patience).toBe('awaited');
  await done(ask(speakerToken, 'PUT', `${`submissions/${id}`}/attendance`, { attendance: 'confirmed' }));
  await done(asOrganiser('PUT', `${path}/attendance`, { attendance: 'canceled', reason: 'planted-cancellation' }));
  await done(ask(other.speakerToken, 'DELETE', `submissions/${other.id}`));
}

const { workflowservice } = proto.temporal.api;

/**
 * Places to look in, each with what it has as bytes. A process that publishes something else (traces) is one more.
 * `isTold`: what people write reaches it, so that the scan finds it where nothing is encrypted.
 */
const sources = [
  { name: 'histories', isTold: true, read: historiesOf },
  { name: 'descriptions, with memos', isTold: true, read: descriptionsOf },
  { name: 'the list', isTold: false, read: listOf },
  { name: 'answers to queries', isTold: true, read: queriesOf },
  { name: 'the files of Temporal', isTold: true, read: (stack: Stack) => filesOf(stack, /^temporal\.db/) },
  { name: 'traces', isTold: false, read: async ({ traces }: Stack) => traces },
  { name: 'logs', isTold: false, read: (stack: Stack) => filesOf(stack, /\.log$/) },
  { name: 'metrics', isTold: false, read: metricsOf },
] as const;

async function executionsOf({ client }: Stack) {
  const { executions: listed } = await client.workflowService.listWorkflowExecutions({ namespace: 'default' });
  const executions = listed.map(({ execution }) => ({
    workflowId: execution?.workflowId ?? '',
    runId: execution?.runId ?? '',
  }));
  expect(executions.filter(({ workflowId }) => workflowId.startsWith('submission-'))).toHaveLength(2);
  return executions;
}

async function historiesOf(stack: Stack): Promise<Uint8Array[]> {
  const read = ({ workflowId, runId }: { workflowId: string; runId: string }) =>
    stack.client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId, runId },
      maximumPageSize: 1_000,
    });
  const histories = await Promise.all((await executionsOf(stack)).map(read));
  return histories.map((one) => workflowservice.v1.GetWorkflowExecutionHistoryResponse.encode(one).finish());
}

async function descriptionsOf(stack: Stack): Promise<Uint8Array[]> {
  const read = (execution: { workflowId: string; runId: string }) =>
    stack.client.workflowService.describeWorkflowExecution({ namespace: 'default', execution });
  const descriptions = await Promise.all((await executionsOf(stack)).map(read));
  return descriptions.map((one) => workflowservice.v1.DescribeWorkflowExecutionResponse.encode(one).finish());
}

async function listOf({ client }: Stack): Promise<Uint8Array[]> {
  const list = await client.workflowService.listWorkflowExecutions({ namespace: 'default' });
  return [workflowservice.v1.ListWorkflowExecutionsResponse.encode(list).finish()];
}

async function queriesOf(stack: Stack): Promise<Uint8Array[]> {
  const executions = (await executionsOf(stack)).filter(({ workflowId }) => workflowId.startsWith('submission-'));
  const queries = executions.flatMap((execution) =>
    [recordQuery.name, '__temporal_workflow_metadata'].map((queryType) => ({ execution, query: { queryType } })),
  );
  const answers = await Promise.all(
    queries.map((query) => stack.client.workflowService.queryWorkflow({ namespace: 'default', ...query })),
  );
  return answers.map((one) => workflowservice.v1.QueryWorkflowResponse.encode(one).finish());
}

async function metricsOf({ operations }: Stack): Promise<Uint8Array[]> {
  const texts = await Promise.all(
    operations.map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  for (const text of texts) expect(text).toContain('cfs_build_info');
  return texts.map((text) => Buffer.from(text));
}

async function filesOf({ folder }: Stack, name: RegExp): Promise<Uint8Array[]> {
  const names = (await readdir(folder)).filter((one) => name.test(one));
  expect(names).not.toEqual([]);
  return Promise.all(names.map((one) => readFile(join(folder, one))));
}

/** Also as JSON has bytes: three ways, by where the word begins. */
function formsOf(word: string): string[] {
  const inBase64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from(`${' '.repeat(shift)}${word}`).toString('base64');
    return text.slice(shift === 0 ? 0 : 4, Math.floor((shift + word.length) / 3) * 4);
  });
  return [word, ...inBase64];
}

async function found(read: (stack: Stack) => Promise<readonly Uint8Array[]>, stack: Stack): Promise<string[]> {
  const texts = (await read(stack)).map((bytes) => Buffer.from(bytes).toString('latin1'));
  return planted.filter((word) => formsOf(word).some((form) => texts.some((text) => text.includes(form))));
}

async function scan(payloadKeys: Record<string, string>) {
  const collector = await startCollector();
  const made = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  const operations = [String(await freePort()), String(await freePort())] as const;
  const stack = { ...made, operations, traces: collector.bodies };
  try {
    await stack.startTemporal();
    await lifeOf(stack, { ...payloadKeys, ...collector.settings });
    await expect.poll(() => collector.spans.map(({ name }) => name), patience).toContain('send email');
    const results: [string, string[]][] = [];
    for (const { name, read } of sources) results.push([name, await found(read, stack)]);
    return Object.fromEntries(results);
  } finally {
    await stack.stop();
    await collector.close();
  }
}

test('nothing that people write is in clear in what Temporal stores or shows, nor in a log', async () => {
  const results = await scan({});

  expect(results).toEqual(Object.fromEntries(sources.map(({ name }) => [name, []])));
});

test('the scan finds all of it where nothing is encrypted', async () => {
  const results = await scan({ PAYLOAD_KEYS: 'off' });

  expect([...(results.histories ?? [])].sort()).toEqual([...planted].sort());
  for (const { name, isTold } of sources) if (isTold) expect([name, results[name]]).not.toEqual([name, []]);
});

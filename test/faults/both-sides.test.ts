import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Reconciliation } from '../../activities/reconcile/repairs.ts';
import { submit } from '../../client/index.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { reconciliation, taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { everything } from '../../store/sight.ts';
import { openStore, type Store } from '../../store/store.ts';
import { aRequest, callFile, idOf, messageIdIn } from '../support/fixtures.ts';
import { proveBy } from '../support/links.ts';
import { shared } from '../support/shared.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const panel = { kind: 'panel', quorum: 1, deadline: '1d', whenDue: 'escalate' };
const call = {
  ...callFile,
  announcement: 'by-organisers',
  stages: {
    moderation: { ...callFile.stages.moderation, policy: { kind: 'automatic' } },
    shortlisting: { ...callFile.stages.shortlisting, policy: { kind: 'automatic' } },
    selection: { ...callFile.stages.selection, policy: panel },
  },
};

/** What becomes of each between the earlier and the later moment. `late` is submitted between them. */
const names = ['waiting', 'accepted', 'rejected', 'withdrawn', 'erased', 'late'] as const;
type Name = (typeof names)[number];

type Stack = Awaited<ReturnType<typeof createTemporaryStack>>;

let stack: Stack;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
const submissions = new Map<string, { speakerToken: string; path: string }>();
const idIn = (name: string): SubmissionId => idOf(submissions.get(name)?.path.split('/').at(-1) ?? '');

const polledSchema = z.object({
  status: z.string(),
  stage: z.string().optional(),
  result: z.object({ outcome: z.string() }).optional(),
});

type Moment = 'earlier' | 'later';
const copyOf = (moment: Moment, side: 'temporal' | 'records') => join(stack.folder, moment, side);

async function withService<Result>(run: (service: Service) => Promise<Result>): Promise<Result> {
  const temporal = await stack.startTemporal();
  const [gateway, worker] = await Promise.all([
    stack.startGateway(call),
    stack.startWorker(undefined, { SMTP_URL: smtp.url }),
  ]);
  const store = openStore(stack.database, () => undefined);
  await store.migrate();
  const ask = async (method: string, path: string, content?: object) => {
    const headers = { Authorization: `Bearer ${gateway.organiserToken}`, 'Content-Type': 'application/json' };
    for (;;) {
      const body = content && { body: JSON.stringify(content) };
      const response = await fetch(`${gateway.url}/api${path}`, { method, headers, ...body });
      if (response.status !== 503) return response;
      await delay(100);
    }
  };
  const reconcile = (): Promise<Reconciliation> =>
    stack.client.workflow.execute(reconciliation, { taskQueue, workflowId: `reconcile-${crypto.randomUUID()}` });
  try {
    return await run({ gateway, store, ask, reconcile });
  } finally {
    await store.close();
    await Promise.all([worker.stop(), gateway.stop()]);
    await temporal.stop();
  }
}

type Service = {
  gateway: Awaited<ReturnType<Stack['startGateway']>>;
  store: Store;
  ask: (method: string, path: string, content?: object) => Promise<Response>;
  reconcile: () => Promise<Reconciliation>;
};

async function submitProved({ gateway, store }: Service, name: Name): Promise<void> {
  const email = `${name}@example.net`;
  const { location, speakerToken = '' } = await submit(gateway.url, aRequest({ speaker: { name, email } }));
  // Each gateway is on another port.
  submissions.set(name, { speakerToken, path: new URL(location).pathname });
  const receipt = () => smtp.received.find(({ to }) => [to].flat()[0]?.text === email)?.text;
  while (receipt() === undefined) await delay(20);
  while (!(await proveBy((path, init) => fetch(`${gateway.url}${path}`, init), receipt())).ok) await delay(100);
  const isThere = ({ id, awaits }: { id: string; awaits: string }) => id === idIn(name) && awaits === 'selection';
  while (!(await store.ongoing.listed()).some(isThere)) await delay(20);
}

/** As an operator says it, but for the check of what is installed. */
function npm(command: 'backup' | 'restore', ...args: string[]) {
  const options = { cwd: root, env: { ...process.env, DATA_DIR: stack.folder, DATABASE_URL: '' } };
  return promisify(execFile)('npm', ['run', '--silent', '--ignore-scripts', command, '--', ...args], options);
}

const filesOf = async (prefix: string) => (await readdir(stack.folder)).filter((name) => name.startsWith(prefix));

async function copyBoth(moment: Moment): Promise<void> {
  await mkdir(copyOf(moment, 'temporal'), { recursive: true });
  for (const name of await filesOf('temporal.db'))
    await copyFile(join(stack.folder, name), join(copyOf(moment, 'temporal'), name));
  await npm('backup', copyOf(moment, 'records'));
}

async function replaceTemporal(moment: Moment | 'lost'): Promise<void> {
  for (const name of await filesOf('temporal.db')) await rm(join(stack.folder, name));
  if (moment === 'lost') return;
  for (const name of await readdir(copyOf(moment, 'temporal')))
    await copyFile(join(copyOf(moment, 'temporal'), name), join(stack.folder, name));
}

/** The earlier copy is restored over the later records, whose erasures are known, or into nothing. */
async function replaceRecords(state: Moment | 'earlier, into nothing' | 'lost'): Promise<void> {
  for (const name of await filesOf('records.db')) await rm(join(stack.folder, name));
  if (state === 'later' || state === 'earlier') await copyFile(copyOf('later', 'records'), stack.database);
  if (state.startsWith('earlier')) await npm('restore', copyOf('earlier', 'records'));
}

/** What pollers, the ledger, the audit and the mail server say once the reconciler has come twice. */
async function comeBack() {
  const mails = smtp.received.length;
  return withService(async ({ store, reconcile, ask }) => {
    await reconcile();
    const { lost, failed } = await reconcile();
    const polled = await Promise.all(names.map(async (name) => [name, await poll(ask, name)]));
    const letters = ['accepted', 'rejected'].map((name) => messageIdIn(`${idIn(name)}.${name}.email`));
    const ledger = await Promise.all(letters.map(async (id) => (await store.messages.find(id))?.state));
    const audit = await store.audit.after(undefined, 1_000, everything);
    const missed = audit.flatMap(({ command, submission_id }) => (command === 'miss-workflow' ? [submission_id] : []));
    return {
      polled: Object.fromEntries(polled),
      ledger,
      missed: names.filter((name) => missed.includes(idIn(name))),
      counts: { lost, failed },
      sent: smtp.received.length - mails,
    };
  });
}

async function poll(ask: Service['ask'], name: Name): Promise<string | undefined | number> {
  const response = await ask('GET', `/submissions/${idIn(name)}`);
  if (!response.ok) return response.status;
  const { status, stage, result } = polledSchema.parse(await response.json());
  return result?.outcome ?? (status === 'Running' ? stage : status);
}

beforeAll(async () => {
  smtp = await startSmtp();
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  await withService(async (service) => {
    for (const name of names) if (name !== 'late') await submitProved(service, name);
    await service.reconcile();
  });
  await copyBoth('earlier');
  await withService(async (service) => {
    await announce(service, 'accepted', 'passed');
    await announce(service, 'rejected', 'rejected');
    const { speakerToken, path } = submissions.get('withdrawn') ?? { speakerToken: '', path: '' };
    const headers = { Authorization: `Bearer ${speakerToken}` };
    expect((await fetch(`${service.gateway.url}${path}`, { method: 'DELETE', headers })).ok).toBe(true);
    while ((await service.ask('DELETE', `/organiser/submissions/${idIn('erased')}`)).status !== 200) await delay(100);
    await submitProved(service, 'late');
    // All that ended is on record.
    while ((await service.store.ongoing.listed()).length > 2) await delay(20);
  });
  await copyBoth('later');
}, 180_000);
afterAll(async () => {
  await stack.stop();
  await smtp.close();
});

async function announce({ ask, store }: Service, name: Name, outcome: 'passed' | 'rejected'): Promise<void> {
  const id = idIn(name);
  const decision = { stage: 'selection', outcome, override: true, reason: 'A test.' };
  expect((await ask('PUT', `/organiser/submissions/${id}/decision`, decision)).status).toBe(200);
  await ask('POST', '/organiser/announcements', { submissions: [id] });
  while ((await store.messages.find(messageIdIn(`${id}.${name}.email`)))?.state !== 'sent') await delay(20);
}

describe('both sides, restored to', () => {
  const waiting = 'selection';
  const told = { accepted: 'accepted', rejected: 'rejected', withdrawn: 'Canceled' };
  const sent = ['sent', 'sent'];
  const parked = ['parked', 'parked'];
  const unknown = [undefined, undefined];
  const asBefore = { waiting, accepted: waiting, rejected: waiting, withdrawn: waiting };

  test.each([
    { records: 'later', temporal: 'later', polled: { waiting, ...told, erased: 410, late: waiting }, ledger: sent },
    { records: 'earlier', temporal: 'later', polled: { waiting, ...told, erased: 410, late: waiting }, ledger: parked },
    {
      records: 'later',
      temporal: 'earlier',
      polled: { waiting, ...told, erased: 410, late: waiting },
      ledger: sent,
      missed: ['late'],
    },
    {
      records: 'later',
      temporal: 'lost',
      polled: { waiting, ...told, erased: 410, late: waiting },
      ledger: sent,
      missed: ['waiting', 'late'],
    },
    // Who may say so is gone: what was erased is repeated by a person, whom the audit tells of it.
    {
      records: 'earlier, into nothing',
      temporal: 'later',
      polled: { waiting, ...told, erased: waiting, late: waiting },
      ledger: parked,
      missed: ['erased'],
    },
    { records: 'lost', temporal: 'later', polled: { waiting, ...told, erased: 404, late: waiting }, ledger: parked },
    // Nobody knows what was told in between: the backups are too old for the promise.
    { records: 'earlier', temporal: 'earlier', polled: { ...asBefore, erased: 410, late: 404 }, ledger: unknown },
    {
      records: 'earlier, into nothing',
      temporal: 'lost',
      polled: { ...asBefore, erased: waiting, late: 404 },
      ledger: unknown,
      missed: ['waiting', 'accepted', 'rejected', 'withdrawn', 'erased'],
    },
  ] as const)('records $records, Temporal $temporal', async ({ records, temporal, polled, ledger, ...more }) => {
    const missed = 'missed' in more ? more.missed : [];
    await replaceTemporal(temporal);
    await replaceRecords(records);

    const back = await comeBack();

    expect(back).toEqual({ polled, ledger, missed, counts: { lost: missed.length, failed: 0 }, sent: 0 });
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { hashOf } from '../../api/people/access.ts';
import { freePort } from '../../dev/ports.ts';
import { createStack } from '../../dev/stack.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { namespaceCommands } from '../../temporal/namespace/namespace-commands.ts';
import { registerAttributes } from '../../temporal/namespace/register-attributes.ts';
import { neededAttributes } from '../../temporal/namespace/search-attribute-types.ts';
import { assertUsableNamespace } from '../../temporal/namespace/usable-namespace.ts';
import { aRequest, callFile } from '../support/fixtures.ts';
import { shared } from '../support/shared.ts';

const host = '127.0.0.1';
const namespace = 'default';
const secret = 'a-secret-for-one-run-of-32-or-more-characters';

let folder: string;
let address: string;
let settings: Record<string, string>;
let stack: ReturnType<typeof createStack>;
let startTemporal: () => ReturnType<typeof stack.startTemporal>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-namespace-'));
  const [port, uiPort] = [await freePort(), await freePort()];
  address = `${host}:${port}`;
  stack = createStack({
    temporal: { connectionOptions: { address }, namespace },
    env: { ...environment(), TEMPORAL_ADDRESS: address, DATA_DIR: folder },
    logFile: (part) => join(folder, `${part}.log`),
    stopping: new AbortController().signal,
  });
  const program = await shared('temporalCli');
  startTemporal = () => stack.startTemporal(program, { host, port, uiPort, namespace }, join(folder, 'temporal.db'));
  settings = {
    ...{ PORT: String(await freePort()), ID_SECRET: secret, SPEAKER_TOKEN_KEYS: `1:${secret}`, RATE_LIMITS: 'off' },
    PAYLOAD_KEYS: 'off',
    ...{ CALL_FILE: join(folder, 'call.yaml'), ACCESS_FILE: join(folder, 'access.yaml') },
  };
  await writeFile(join(folder, 'call.yaml'), stringify(callFile));
  const people = [{ name: 'Olga', role: 'organiser', token: hashOf('the-token-of-an-organiser-for-one-run') }];
  await writeFile(join(folder, 'access.yaml'), stringify({ people }));
});
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true });
});

const reasonOf = (start: Promise<unknown>) => start.then(() => 'it is fine', String);

/** Why each of the two processes has ended at its start. */
const refusals = () => Promise.all([stack.startWorker(settings), stack.startGateway(settings)].map(reasonOf));

const submit = () =>
  fetch(`http://${host}:${settings.PORT}/api/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(aRequest()),
  });

const logOf = (part: string) => readFile(join(folder, `${part}.log`), 'utf8');

/** The codes of all submits until something is so. */
async function codesUntil(isSo: (code: number) => Promise<boolean> | boolean): Promise<Set<number>> {
  const codes = new Set<number>();
  for (;;) {
    const { status } = await submit();
    if (await isSo(status)) return codes;
    codes.add(status);
    await delay(50);
  }
}

describe('a namespace without our search attributes', () => {
  const { register } = namespaceCommands('default');
  const command = register(neededAttributes);

  test('H13: that answers later than the gateway starts: each submit is 503, with the command in the log, until it is mended', async () => {
    const gateway = await stack.startGateway(settings);
    const down = await submit();
    const temporal = await startTemporal();

    const before = await codesUntil(async () => (await logOf('gateway')).includes('search-attribute create'));
    const problem = await submit();
    await registerAttributes(stack.server);
    const after = await codesUntil((code) => code === 202);

    expect([down.status, problem.status]).toEqual([503, 503]);
    expect([...before, ...after].filter((code) => code !== 503)).toEqual([]);
    expect(await problem.text()).not.toContain('search-attribute');
    expect(await logOf('gateway')).toContain(command);
    await gateway.stop();
    await temporal.stop();
    await rm(join(folder, 'temporal.db'));
  });

  test('is refused at the start of both processes, with the command that registers what is missing', async () => {
    await startTemporal();
    const { operatorService } = stack.server.connection;

    const withNone = await refusals();
    await registerAttributes(stack.server);
    const changed = neededAttributes.filter(({ name }) => name === 'SubmissionTrack' || name === 'SubmissionDue');
    const names = changed.map(({ name }) => name);
    await operatorService.removeSearchAttributes({ namespace, searchAttributes: names });
    const int = 3; // temporal.api.enums.v1.IndexedValueType
    await operatorService.addSearchAttributes({ namespace, searchAttributes: { SubmissionTrack: int } });
    const withOthers = await reasonOf(assertUsableNamespace(stack.server));
    const withoutNamespace = await reasonOf(assertUsableNamespace({ ...stack.server, namespace: 'nowhere' }));

    for (const reason of withNone) expect(reason).toContain(command);
    for (const reason of withNone) expect(reason).not.toMatch(/^ +at /m);
    expect(withOthers).toContain(
      [
        '  temporal operator search-attribute remove --namespace default --name SubmissionTrack --yes',
        '  temporal operator search-attribute create --namespace default --name SubmissionTrack --type Keyword --name SubmissionDue --type Datetime',
      ].join('\n'),
    );
    expect(withoutNamespace).toContain('temporal operator namespace create --namespace nowhere --retention 30d');
  });
});

describe('npm run namespace', () => {
  const envOf = (name: string) => ({ ...environment(), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: name });
  const run = (name: string) => promisify(execFile)('npm', ['run', '--silent', 'namespace'], { env: envOf(name) });

  test('makes what is missing, says so, and is done when submissions can be started', async () => {
    const name = 'of-the-command';

    const first = await run(name);
    const usable = await reasonOf(assertUsableNamespace({ ...stack.server, namespace: name }));
    const again = await run(name);

    expect(first.stdout).toBe(
      `The namespace ${name} is new. It keeps what has ended for 30 days.
New search attributes: ${neededAttributes.map(({ name, type }) => `${name} (${type})`).join(', ')}.
`,
    );
    expect(usable).toBe('it is fine');
    expect(again.stdout).toBe(`The namespace ${name} was there.\nAll search attributes were there.\n`);
  });
});

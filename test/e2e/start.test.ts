import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodes } from '../../client/command/exit-codes.ts';
import { submit } from '../../client/index.ts';
import { submissionPageSchema } from '../../contract/http/listed-submission.ts';
import { freePort } from '../../dev/ports.ts';
import { payloadKeys } from '../../process/settings/payload-keys.ts';
import { createDataConverter } from '../../temporal/codec/data-converter.ts';
import { aRequest } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';
import { proveBy } from '../support/links.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let env: NodeJS.ProcessEnv;
let url: string;
let dataDir: string;
let stack: Awaited<ReturnType<typeof start>>;

/** One stack for all tests but the last ones, on the call of the example with less to wait for. */
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'call-for-speakers-start-'));
  const [port, temporalPort] = [await freePort(), await freePort()];
  const [uiPort, codecPort] = [await freePort(), await freePort()];
  const callFile = join(dataDir, 'call.yaml');
  const example = await readFile(join(root, 'examples/call.yaml'), 'utf8');
  await writeFile(callFile, example.replaceAll(/after: \w+/g, 'after: 1s'));
  url = `http://127.0.0.1:${port}`;
  env = {
    ...process.env,
    PORT: String(port),
    TEMPORAL_PORT: String(temporalPort),
    TEMPORAL_UI_PORT: String(uiPort),
    CODEC_PORT: String(codecPort),
    CALL_FILE: callFile,
    DATA_DIR: dataDir,
  };
  stack = await start();
});

afterAll(async () => {
  stack.stop('SIGTERM');
  await stack.end;
  await rm(dataDir, { recursive: true });
});

type Ended = { code: number | null; stdout: string; stderr: string };

function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}

/** `npm start`, when it says that it is ready. */
async function start() {
  const child = spawn('npm', ['start'], { cwd: root, env });
  const end = ended(child);
  const ready = await Promise.race([
    new Promise<string>((resolve) => {
      let printed = '';
      child.stdout.on('data', (chunk) => {
        printed += chunk;
        if (/^ready \S+$/m.test(printed)) resolve(printed);
      });
    }),
    end.then(({ stdout, stderr }) => Promise.reject(new Error(`it ended: ${stdout}${stderr}`))),
  ]);
  return { printed: ready, end, stop: (signal: NodeJS.Signals) => child.kill(signal) };
}

/** The command, as `npm run cfs` starts it. */
const aCommand = (...args: string[]) =>
  spawn(process.execPath, ['--import', 'tsx', 'client/command/main.ts', ...args], { cwd: root, env });

const cfs = (...args: string[]) => cfsWith('', ...args);

function cfsWith(input: string, ...args: string[]): Promise<Ended> {
  const child = aCommand(...args);
  child.stdin.end(input);
  return ended(child);
}

function shell(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', command], { cwd: root, env }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}

const isListening = (address: string) =>
  fetch(address).then(
    () => true,
    () => false,
  );

const organiserToken = () => readFile(join(dataDir, 'organiser-token'), 'utf8');

/** Milliseconds between two looks at the list: requests are limited here, as for everybody. */
const pause = 500;

/** An organiser who decides a talk when it is in selection. */
async function decide(title: string, outcome: 'passed' | 'rejected'): Promise<void> {
  const headers = { Authorization: `Bearer ${await organiserToken()}`, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ stage: 'selection', outcome, override: true, reason: 'A test.' });
  for (;;) {
    const list = await fetch(`${url}/api/organiser/submissions?stage=selection&verdict=none`, { headers });
    const { items } = submissionPageSchema.parse(await list.json());
    const item = items.find(({ submission }) => submission?.title === title);
    const path = `${url}/api/organiser/submissions/${item?.id}/decision`;
    if (item && (await fetch(path, { method: 'PUT', headers, body })).ok) return;
    await delay(pause);
  }
}

const outbox = () => join(dataDir, 'outbox');

/** The first mail whose file is named like that, once it is there. */
async function mailNamed(part: string): Promise<ParsedMail> {
  for (;;) {
    const file = (await readdir(outbox()).catch(() => [])).find((name) => name.includes(part));
    if (file !== undefined) return simpleParser(await readFile(join(outbox(), file)));
    await delay(pause);
  }
}

/** Which of the words are in any file of the stack. */
async function foundIn(folder: string, words: readonly string[]): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  return words.filter((word) => texts.some((text) => text.includes(word)));
}

const way = [
  'received (0 of 3 verdicts)',
  'moderation (0 of 3 verdicts)',
  'shortlisting (1 of 3 verdicts)',
  'selection (2 of 3 verdicts)',
  'accepted, awaited',
];

describe('npm start', () => {
  test('brings up the service, whose clients work', async () => {
    const [curl = ''] = /curl -i .*/.exec(stack.printed) ?? [];
    const following = ended(
      spawn('npm', ['run', '--silent', 'cfs', '--', 'submit', 'examples/talk.json', '--server', url], {
        cwd: root,
        env,
      }),
    );
    const proof = await proveBy((path, init) => fetch(`${url}${path}`, init), (await mailNamed('.receipt.')).text);
    await decide('What ninety days of waiting taught us about workflows', 'passed');
    const talk = await following;
    const pasted = await shell(`${curl} -s`);
    const [location = '', ...steps] = talk.stdout.trimEnd().split('\n');
    const id = location.split('/').at(-1) ?? '';
    const watched = await cfs('watch', id, '--server', url, '--json');
    const speakerToken = talk.stderr.trim().split(' ').at(-1) ?? '';
    const confirmed = await cfsWith(speakerToken, 'confirm', location);
    const preview = await cfsWith(await organiserToken(), 'preview', 'accepted', '--server', url);
    const mail = await mailNamed(`${id}.accepted`);

    expect(stack.printed.trimEnd().split('\n').at(-1)).toBe(`ready ${url}`);
    expect(pasted).toMatch(/^HTTP\/1.1 202 /);
    expect(location).toMatch(new RegExp(`^${url}/api/submissions/[0-9a-f]{32}$`));
    // Each step once, and in order; on a machine that stalls, a poller may come too late for one.
    expect(steps).toEqual(way.filter((step) => steps.includes(step)));
    expect(steps.at(-1)).toBe('accepted, awaited');
    expect(talk.stderr).toMatch(/^Keep the speaker token, .*: [\w.~+/-]+=*\n$/);
    expect(talk.code).toBe(exitCodes.accepted);
    expect(
      watched.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { location },
      expect.objectContaining({ status: 'Succeeded', result: { outcome: 'accepted', attendance: 'awaited' } }),
    ]);
    expect(proof.status).toBe(200);
    // The e-mail has the page of the speaker, who says here that they come.
    expect(stack.printed).toContain('no SMTP_URL is set');
    expect(mail.subject).toMatch(/^Accepted, please answer by /);
    expect(preview.stdout).toMatch(/^Subject: Accepted/);
    expect(confirmed).toMatchObject({ code: exitCodes.done, stdout: `${location}\naccepted, confirmed\n` });
  });

  test('refuses a bad call at once, with all that is wrong', async () => {
    const callFile = join(dataDir, 'bad-call.yaml');
    await writeFile(callFile, 'name: Bad Conf\n');

    const { code, stderr } = await ended(spawn('npm', ['start'], { cwd: root, env: { ...env, CALL_FILE: callFile } }));

    expect(code).toBe(1);
    expect(stderr).toContain('/tracks: is required');
    expect(stderr).not.toContain(' at ');
  });
});

describe('the command', () => {
  test('tells by its exit code, and its words, how a submission came out', async () => {
    const [rejected, invalid, broken] = [join(dataDir, 'r.json'), join(dataDir, 'i.json'), join(dataDir, 'b.json')];
    await writeFile(rejected, JSON.stringify(aRequest({ title: 'Rejected', track: 'people' })));
    await writeFile(invalid, '{"title": "x"}');
    await writeFile(broken, '{"title": ');

    const deciding = decide('Rejected', 'rejected');
    const results = await Promise.all([
      cfs('submit', rejected, '--server', url),
      cfs('submit', invalid, '--server', url),
      cfs('submit', invalid, '--server', url, '--json'),
      cfs('submit', broken, '--server', url),
      cfs('watch', 'f'.repeat(32), '--server', url),
      cfs('submit', 'examples/talk.json', '--server', url, '--timeout', '3'),
      cfs('submit', 'examples/talk.json', '--server', `http://127.0.0.1:${await freePort()}`, '--timeout', '1'),
      cfs('sumbit', 'examples/talk.json'),
      cfs('--help'),
    ]);
    await deciding;

    expect(results.map(({ code }) => code)).toEqual([
      exitCodes.rejected,
      exitCodes.error,
      exitCodes.error,
      exitCodes.usage,
      exitCodes.error,
      exitCodes.timedOut,
      exitCodes.timedOut,
      exitCodes.usage,
      0,
    ]);
    const [one, two, three, four, five, six, seven, eight, nine] = results.map(({ stdout, stderr }) => stdout + stderr);
    expect(one).toMatch(/\nrejected\n/);
    expect(two).toContain('/description is required');
    expect(JSON.parse(three ?? '')).toMatchObject({ error: { name: 'RefusedError', problem: { status: 422 } } });
    expect(four).toContain(`${broken}: `);
    expect(five).toContain('Nothing was found here');
    expect(six).toMatch(/no (result|answer) in time/);
    expect(seven).toMatch(/the connection was lost \(.*ECONNREFUSED.*\); next try in/);
    expect(seven).toMatch(/To try again without submitting twice, add --key [0-9a-f-]{36}\n$/);
    expect(eight).toContain('the command must be one of: submit, watch, mine, withdraw, confirm, decline');
    expect(nine).toContain('Exit codes:');
  });

  test('H22: withdraws with the token that the submit told, as often as it is asked to', async () => {
    const { location, speakerToken = '' } = await submit(url, aRequest({ track: 'people' }));

    const wrong = await cfsWith('not-the-token\n', 'withdraw', location, '--yes');
    const none = await cfsWith('', 'withdraw', location, '--yes');
    const withdrawn = await cfsWith(`${speakerToken}\nmore\n`, 'withdraw', location, '--yes');
    const again = await cfsWith(`${speakerToken}`, 'withdraw', location, '--yes', '--json');
    const held = aCommand('withdraw', location, '--yes');
    held.stdin.write(`${speakerToken}\n`);
    const withOpenInput = await ended(held);
    const watched = await cfs('watch', location);

    expect(wrong).toMatchObject({ code: exitCodes.error, stdout: `${location}\n` });
    expect(none).toMatchObject({
      code: exitCodes.usage,
      stdout: '',
      stderr: expect.stringContaining('no speaker token'),
    });
    expect(withdrawn).toEqual({ code: exitCodes.withdrawn, stdout: `${location}\nwithdrawn\n`, stderr: '' });
    expect(again).toMatchObject({ code: exitCodes.withdrawn, stderr: '' });
    expect(JSON.parse(again.stdout.split('\n')[1] ?? '')).toMatchObject({ status: 'Canceled' });
    expect(withOpenInput).toMatchObject({ code: exitCodes.withdrawn });
    expect(watched).toMatchObject({ code: exitCodes.withdrawn, stdout: `${location}\nwithdrawn\n` });
  });
});

describe('the end of npm start', () => {
  test('comes on SIGTERM, with 0, and leaves nothing behind; of what was erased, nothing in any of its files', async () => {
    const words = ['Erased Name', 'erased-email@example.org', 'Erased bio of the speaker.'];
    const [name = '', email = '', bio = ''] = words;
    const { location } = await submit(
      url,
      aRequest({ title: 'Erased', track: 'architecture', speaker: { name, email, bio } }),
    );
    await decide('Erased', 'passed');
    while ((await fetch(location)).status !== 200) await delay(100);
    const before = await foundIn(dataDir, words);

    const id = location.split('/').at(-1) ?? '';
    const erased = await cfsWith(await organiserToken(), 'erase', id, '--yes', '--server', url);
    const strange = await cfsWith('of-nobody', 'erase', id, '--yes', '--server', url);
    const { status } = await fetch(location);
    stack.stop('SIGTERM');
    const { code } = await stack.end;

    expect(before).toEqual(words);
    expect(erased).toMatchObject({ code: 0, stdout: 'erased: nothing of it is left\n' });
    expect([strange.code, strange.stderr]).toEqual([1, 'Valid credentials are required\n']);
    expect(status).toBe(410);
    expect(code).toBe(0);
    expect(await isListening(url)).toBe(false);
    expect(await isListening(`http://127.0.0.1:${env.TEMPORAL_UI_PORT}`)).toBe(false);
    expect(await foundIn(dataDir, words)).toEqual([]);
  });

  test('is not the end of its submissions: the next one finds them again', async () => {
    stack = await start();
    const { location } = await submit(url, aRequest({ track: 'languages' }));
    stack.stop('SIGINT');
    const { code } = await stack.end;

    stack = await start();
    const response = await fetch(location);
    const keys = payloadKeys.parse((await readFile(join(dataDir, 'payload-keys'), 'utf8')).trim());
    const connection = await Connection.connect({ address: `127.0.0.1:${env.TEMPORAL_PORT}` });
    const client = new Client({ connection, dataConverter: createDataConverter(keys) });
    await expectReplay(await allHistories(client), 3, keys);
    await client.connection.close();

    expect(code).toBe(0);
    expect(response.status).toBe(202);
  });

  test('is at once for a second one, which is told the ports that are taken', async () => {
    const second = await ended(spawn('npm', ['start'], { cwd: root, env }));

    expect(second.code).toBe(1);
    for (const setting of ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT']) {
      expect(second.stderr).toContain(
        `Port ${env[setting]} is in use: stop the program that listens there, or set ${setting} to another port`,
      );
    }
  });

  test('comes with 1 and the reason when a part dies, for all other parts as well', async () => {
    const [{ pid }] = (await readFile(join(dataDir, 'logs/worker.log'), 'utf8'))
      .split('\n')
      .map((line) => JSON.parse(line || '{}')) as [{ pid: number }];

    process.kill(pid, 'SIGKILL');
    const { code, stderr } = await stack.end;

    expect(code).toBe(1);
    expect(stderr).toContain('The worker ended (SIGKILL).');
    expect(await isListening(url)).toBe(false);
  });
});

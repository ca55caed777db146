import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodes } from '../../client/exit-codes.ts';
import { freePort } from '../../dev/ports.ts';
import { aRequest, aRequestToReject, planted } from '../support/fixtures.ts';
import { allHistories, expectReplay } from '../support/histories.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let env: NodeJS.ProcessEnv;
let url: string;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'call-for-speakers-start-'));
  const [port, temporalPort, uiPort] = [await freePort(), await freePort(), await freePort()];
  url = `http://127.0.0.1:${port}`;
  env = {
    ...process.env,
    PORT: String(port),
    TEMPORAL_PORT: String(temporalPort),
    TEMPORAL_UI_PORT: String(uiPort),
    DATA_DIR: dataDir,
  };
});

afterAll(() => rm(dataDir, { recursive: true }));

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

function cfs(...args: string[]): Promise<Ended> {
  return cfsWith('', ...args);
}

function cfsWith(input: string, ...args: string[]): Promise<Ended> {
  const child = spawn('npm', ['run', '--silent', 'cfs', '--', ...args], { cwd: root, env });
  child.stdin.end(input);
  return ended(child);
}

function shell(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', command], (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
}

const isListening = (address: string) =>
  fetch(address).then(
    () => true,
    () => false,
  );

const way = [
  'received (0 of 3 verdicts)',
  'moderation (0 of 3 verdicts)',
  'shortlisting (1 of 3 verdicts)',
  'selection (2 of 3 verdicts)',
  'accepted, awaited',
];

describe('npm start', () => {
  test('brings up the service, whose clients work; it ends with 0 on SIGTERM, and leaves nothing behind', async () => {
    const stack = await start();

    const [curl = ''] = /curl -i .*/.exec(stack.printed) ?? [];
    const pasted = await shell(`${curl} -s`);
    const talk = await cfs('submit', 'examples/talk.json', '--server', url);
    const [location = '', ...steps] = talk.stdout.trimEnd().split('\n');
    const id = location.split('/').at(-1) ?? '';
    const watched = await cfs('watch', id, '--server', url, '--json');
    const speakerToken = talk.stderr.trim().split(' ').at(-1) ?? '';
    const confirmed = await cfsWith(speakerToken, 'confirm', location);
    const organiserToken = await readFile(join(dataDir, 'organiser-token'), 'utf8');
    const preview = await cfsWith(organiserToken, 'preview', 'accepted', '--server', url);
    const outbox = join(dataDir, 'outbox');
    const [file = ''] = (await readdir(outbox)).filter((name) => name.startsWith(`${id}.accepted`));
    const mail = await readFile(join(outbox, file), 'utf8');
    stack.stop('SIGTERM');
    const { code } = await stack.end;

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
    // The e-mail has the page of the speaker, who says here that they come.
    expect(stack.printed).toContain('no SMTP_URL is set');
    expect(mail).toContain('Subject: Your talk is accepted');
    expect(preview.stdout).toMatch(/^Subject: Your talk is accepted/);
    expect(confirmed).toMatchObject({ code: exitCodes.answered, stdout: `${location}\naccepted, confirmed\n` });
    expect(code).toBe(0);
    expect(await isListening(url)).toBe(false);
    expect(await isListening(`http://127.0.0.1:${env.TEMPORAL_UI_PORT}`)).toBe(false);
  });

  test('finds earlier submissions again, and names the ports that are taken to a second one', async () => {
    const first = await start();
    const { stdout } = await cfs('submit', 'examples/talk.json', '--server', url);
    const [location = ''] = stdout.split('\n');
    first.stop('SIGINT');
    expect((await first.end).code).toBe(0);

    const again = await start();
    const response = await fetch(location);
    const client = new Client({ connection: await Connection.connect({ address: `127.0.0.1:${env.TEMPORAL_PORT}` }) });
    await expectReplay(await allHistories(client), 3);
    await client.connection.close();
    const second = await ended(spawn('npm', ['start'], { cwd: root, env }));

    expect(response.status).toBe(200);
    expect(second.code).toBe(1);
    for (const setting of ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT']) {
      expect(second.stderr).toContain(
        `Port ${env[setting]} is taken: end what listens there, or set ${setting} to another one`,
      );
    }
    again.stop('SIGTERM');
    await again.end;
  });

  test('erases a submission, and leaves nothing of it in any of its files', async () => {
    const words = [planted.name, planted.email, planted.bio];
    const talk = join(dataDir, '..', `${basename(dataDir)}-talk.json`);
    await writeFile(talk, JSON.stringify(aRequest({ track: 'architecture' })));
    const found = async () => {
      const names = await readdir(dataDir, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
      const texts = await Promise.all(files.map((file) => readFile(file, 'latin1')));
      return words.filter((word) => texts.some((text) => text.includes(word)));
    };
    const stack = await start();
    const { stdout } = await cfs('submit', talk, '--server', url);
    const [location = ''] = stdout.split('\n');
    const before = await found();

    const token = await readFile(join(dataDir, 'organiser-token'), 'utf8');
    const id = location.split('/').at(-1) ?? '';
    const erased = await cfsWith(token, 'erase', id, '--server', url);
    const strange = await cfsWith('of-nobody', 'erase', id, '--server', url);
    const status = (await fetch(location)).status;
    stack.stop('SIGTERM');
    await stack.end;

    expect(before).toEqual(words);
    expect(erased).toMatchObject({ code: 0, stdout: 'erased: nothing of it is left\n' });
    expect([strange.code, strange.stderr]).toEqual([1, 'A credential that suffices is needed here\n']);
    expect(status).toBe(410);
    expect(await found()).toEqual([]);
    await rm(talk);
  });

  test('stops everything, with 1 and the reason, when a part dies', async () => {
    const stack = await start();
    const [{ pid }] = (await readFile(join(dataDir, 'logs/worker.log'), 'utf8'))
      .split('\n')
      .map((line) => JSON.parse(line || '{}')) as [{ pid: number }];

    process.kill(pid, 'SIGKILL');
    const { code, stderr } = await stack.end;

    expect(code).toBe(1);
    expect(stderr).toContain('The worker ended (SIGKILL).');
    expect(await isListening(url)).toBe(false);
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
    const stack = await start();
    const [rejected, invalid, broken] = [join(dataDir, 'r.json'), join(dataDir, 'i.json'), join(dataDir, 'b.json')];
    await writeFile(rejected, JSON.stringify({ ...aRequestToReject(), track: 'people' }));
    await writeFile(invalid, '{"title": "x"}');
    await writeFile(broken, '{"title": ');

    const results = await Promise.all([
      cfs('submit', rejected, '--server', url),
      cfs('submit', invalid, '--server', url),
      cfs('submit', invalid, '--server', url, '--json'),
      cfs('submit', broken, '--server', url),
      cfs('watch', 'f'.repeat(32), '--server', url),
      cfs('submit', 'examples/talk.json', '--server', url, '--timeout', '5'),
      cfs('submit', 'examples/talk.json', '--server', `http://127.0.0.1:${await freePort()}`, '--timeout', '1'),
      cfs('sumbit', 'examples/talk.json'),
      cfs('--help'),
    ]);
    stack.stop('SIGTERM');
    await stack.end;

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
    expect(five).toContain('There is nothing here');
    expect(six).toMatch(/no (result|answer) in time/);
    expect(seven).toMatch(/the connection was lost \(.*ECONNREFUSED.*\); next try in/);
    expect(seven).toMatch(/To try again without submitting twice, add --key [0-9a-f-]{36}\n$/);
    expect(eight).toContain('say submit, watch, withdraw, confirm, decline, preview, erase');
    expect(nine).toContain('Exit codes:');
  });

  test('H22: withdraws with the token that the submit told, as often as it is asked to', async () => {
    const stack = await start();
    const submitted = await cfs('submit', 'examples/talk.json', '--server', url, '--json', '--timeout', '3');
    const { location, speakerToken } = JSON.parse(submitted.stdout.split('\n')[0] ?? '');

    const wrong = await cfsWith('not-the-token\n', 'withdraw', location);
    const none = await cfsWith('', 'withdraw', location);
    const withdrawn = await cfsWith(`${speakerToken}\nmore\n`, 'withdraw', location);
    const again = await cfsWith(speakerToken, 'withdraw', location, '--json');
    const held = spawn('npm', ['run', '--silent', 'cfs', '--', 'withdraw', location], { cwd: root, env });
    held.stdin.write(`${speakerToken}\n`);
    const withOpenInput = await ended(held);
    const watched = await cfs('watch', location);
    stack.stop('SIGTERM');
    await stack.end;

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

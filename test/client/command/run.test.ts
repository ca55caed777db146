import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../../client/command/run.ts';

const id = '8c4a346a0853d91a8a532b6790729547';
const at = '2026-11-01T12:00:00.000Z';
const aSubmission = (title: string) => ({
  id,
  createdAt: at,
  lastUpdatedAt: at,
  stage: 'selection',
  submission: { title, description: 'About it.', track: 'web', format: 'talk', speaker: { name: 'Ada' } },
});
const verdict = { stage: 'selection', outcome: 'rejected', reasons: [], decidedAt: at, number: 4, by: 'Grace' };
const review = { stage: 'selection', by: 'Grace', at, scores: { fit: 4 }, score: 4, note: 'Good' };
const anOperation = (status: string, change = {}) => ({
  id,
  status,
  createdAt: at,
  lastUpdatedAt: at,
  progress: { completed: 1, total: 2 },
  ...change,
});
const message = {
  id: `${id}.accepted.email`,
  submission: id,
  release: 'accepted',
  channel: 'email',
  state: 'parked',
  attempts: 1,
  createdAt: at,
  updatedAt: at,
};
const accepted = {
  id,
  status: 'Succeeded',
  stage: 'selection',
  createdAt: at,
  lastUpdatedAt: at,
  progress: { completed: 3, total: 3 },
  result: { outcome: 'accepted', attendance: 'declined' },
};

type Answer = { code?: number; body: unknown; headers?: Record<string, string> };
type Answers = Record<string, Answer | Answer[]>;

let server: Server;
let url: string;
let asked: { request: string; token: string | undefined; content: unknown }[];
let answers: Answers;
let folder: string;

beforeEach(async () => {
  asked = [];
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-command-'));
  server = createServer(async (request, response) => {
    const content = await text(request);
    const name = `${request.method} ${request.url?.replace('/api/', '')}`;
    const token = request.headers.authorization?.replace('Bearer ', '');
    asked.push({ request: name, token, content: content === '' ? undefined : JSON.parse(content) });
    const given = answers[name];
    const answer = Array.isArray(given) ? given.shift() : given;
    const { code = 200, body, headers = {} } = answer ?? { code: 404, body: 'unexpected' };
    response.writeHead(code, { 'Retry-After': '0', ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  vi.restoreAllMocks();
  await new Promise((resolve) => server.close(resolve).closeAllConnections());
  await rm(folder, { recursive: true });
});

type How = { input?: string; isTerminal?: boolean; env?: { CFS_TOKEN?: string } };

/** Runs it as a shell would, with what it is given on standard input. */
async function command(
  args: readonly string[],
  { input = '', isTerminal = false, env = { CFS_TOKEN: 'a-token' } }: How = {},
) {
  const stream = () => Object.assign(new PassThrough(), { isTTY: isTerminal, columns: 80 });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  let complaints = '';
  stderr.on('data', (chunk) => {
    // The answer is typed once it is asked for.
    if (isTerminal && complaints === '') stdin.write(input);
    complaints += chunk;
  });
  if (!isTerminal) stdin.end(input);
  const process = { stdin, stdout, stderr, env } as unknown as Parameters<typeof run>[1];
  const code = await run([...args, '--server', url], process, new AbortController().signal);
  stdout.end();
  return { code, stdout: await text(stdout), stderr: complaints };
}

const page = (more: object, ...titles: string[]) => ({ body: { items: titles.map(aSubmission), ...more } });

describe('list', () => {
  const twoPages = () => ({
    'GET organiser/submissions?stage=selection&limit=200': page(
      { next: `${url}/api/organiser/submissions?cursor=sealed` },
      'One',
    ),
    'GET organiser/submissions?cursor=sealed': page({}, 'Two\u001b[2J'),
  });

  test('is a table of all pages in a terminal', async () => {
    answers = twoPages();

    expect(await command(['list', '--stage', 'selection'], { isTerminal: true })).toEqual({
      code: 0,
      stdout: [
        `${'ID'.padEnd(32)}  STAGE      RESULT  REVIEWS  MEAN  TITLE`,
        `${id}  selection                         One`,
        `${id}  selection                         Two[2J`,
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(asked.map(({ token }) => token)).toEqual(['a-token', 'a-token']);
  });

  test('has tabs in a pipe', async () => {
    answers = twoPages();

    expect((await command(['list', '--stage', 'selection'])).stdout).toBe(
      `${id}\tselection\t\t\t\tweb\tOne\n${id}\tselection\t\t\t\tweb\tTwo[2J\n`,
    );
  });

  test('is one JSON text a line for programs', async () => {
    answers = twoPages();

    const { stdout } = await command(['list', '--stage', 'selection', '--json'], { isTerminal: true });

    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([aSubmission('One'), aSubmission('Two\u001b[2J')]);
  });
});

describe('mine', () => {
  const code = '1.a.payload.hmac';
  const link = `https://cfs.example.org/mine#${code}`;
  const talk = (title: string, change = {}) => ({
    ...{
      id,
      title,
      isProved: true,
      speakerToken: '1.secret',
      status: { ...accepted, status: 'Running', result: undefined },
    },
    ...change,
  });
  const awaited = { ...accepted, result: { outcome: 'accepted', attendance: 'awaited' } };
  const items = [
    talk('Newest \u202e\u001b[2J=1+1\nSubject: x', {
      isProved: false,
      speakerToken: undefined,
      proofToken: '1.p0.secret',
    }),
    talk('Older', { status: awaited }),
    talk('Oldest', { status: accepted }),
  ];
  const onTheWay = 'If that address has talks here, a mail with the link is on its way. It can take some minutes.\n';

  beforeEach(() => {
    answers = { 'POST access': { code: 202, body: {} }, 'GET talks': { body: { items } } };
  });

  test('asks for the mail, then for its code, which is not shown, and is a table without a token', async () => {
    const {
      code: exit,
      stdout,
      stderr,
    } = await command(['mine', '--email', 'ada@example.org'], {
      isTerminal: true,
      input: `${link}\n`,
    });

    expect([exit, stdout]).toEqual([
      0,
      [
        'STATUS              YOU CAN               TITLE',
        'selection           confirm your address  Newest [2J=1+1 Subject: x',
        'accepted, awaited   confirm, decline      Older',
        'accepted, declined                        Oldest',
        '',
      ].join('\n'),
    ]);
    expect(stderr).toBe(`${onTheWay}The code from the mail, or its link: \nWith --json, each has its token.\n`);
    expect(asked).toEqual([
      { request: 'POST access', token: undefined, content: { email: 'ada@example.org' } },
      { request: 'GET talks', token: code, content: undefined },
    ]);
  });

  test('has tabs in a pipe, which brings the code', async () => {
    expect((await command(['mine'], { input: `${code}\n` })).stdout).toBe(
      [
        `${id}\tselection\tconfirm your address\tNewest [2J=1+1 Subject: x`,
        `${id}\taccepted, awaited\tconfirm, decline\tOlder`,
        `${id}\taccepted, declined\t\tOldest\n`,
      ].join('\n'),
    );
  });

  test('is for programs with the tokens', async () => {
    const { stdout, stderr } = await command(['mine', '--code', link, '--json']);

    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(JSON.parse(JSON.stringify(items)));
    expect(stderr).toBe('');
  });

  test('takes the code from a file', async () => {
    const file = join(folder, 'code');
    await writeFile(file, `${link}\n`);

    expect((await command(['mine', '--token-file', file])).code).toBe(0);
    expect(asked.map(({ token }) => token)).toEqual([code]);
  });

  test('only asks for the mail without a terminal', async () => {
    expect(await command(['mine', '--email', 'ada@example.org'])).toEqual({ code: 0, stdout: '', stderr: onTheWay });
    expect(asked).toHaveLength(1);
  });

  test('says that there is none', async () => {
    answers = { 'GET talks': { body: { items: [] } } };

    const { stderr } = await command(['mine', '--code', code], { isTerminal: true });

    expect(stderr).toBe('No talk with this address yet.\n');
  });

  test('says what to do when the hour of the code is over', async () => {
    const problem = { type: `${url}/problems#unauthorized`, title: 'Valid credentials are required', status: 401 };
    answers = { 'GET talks': { code: 401, body: problem } };

    const { code: exit, stderr } = await command(['mine', '--code', code]);

    expect([exit, stderr]).toEqual([
      1,
      'The code has ended, or is none: ask for a new mail.\nValid credentials are required\n',
    ]);
  });

  test.each([
    [['--code', 'two words'], '--code is no code from the mail\n'],
    [[], 'standard input has no code from the mail in its first line\n'],
    [['--code', code, '--email', 'a@example.org'], '--email asks for a code: leave it out with one\n'],
  ])('%j is wrong usage', async (args, complaint) => {
    const { code: exit, stderr } = await command(['mine', ...args]);

    expect([exit, stderr, asked]).toEqual([2, complaint, []]);
  });
});

test('show prints a submission for a person to read', async () => {
  const view = { ...aSubmission('One'), verdicts: [verdict], panel: { reviews: 1, mean: 4 }, reviews: [review] };
  answers = { [`GET organiser/submissions/${id}`]: { body: view } };

  expect((await command(['show', id])).stdout).toBe(`One

id           ${id}
submitted    ${at}
stage        selection
result       rejected
talk         web, talk
speaker      Ada
panel        reviews: 1, mean 4

About it.

Verdicts
selection: rejected (number 4, by Grace)

Reviews
Grace in selection: 4 (fit 4)
  note: Good
`);
});

test('show says for whom it waits, until when, and what is to be decided on', async () => {
  const findings = [{ check: 'words', consequence: 'refer', detail: 'Found in the title: idiots.' }];
  const referral = { due: at, whenDue: 'pass', findings };
  const waiting = { ...aSubmission('One'), awaits: 'organisers', reviews: [] };
  answers = {
    [`GET organiser/submissions/${id}`]: [{ body: { ...waiting, referral } }, { body: { ...waiting, isStuck: true } }],
  };

  const [referred, stuck] = [await command(['show', id]), await command(['show', id])];

  expect(referred.stdout).toContain(`\nawaits       organisers, due ${at}\n`);
  expect(referred.stdout).toContain('\nTo decide on\nwords: Found in the title: idiots.\n');
  expect(stuck.stdout).toContain('\nawaits       organisers, the service gave up\n');
});

test.each([
  ['restart', 'it starts again\n'],
  ['end', 'it ends as failed\n'],
])('%s is sent with its reason', async (processing, said) => {
  answers = { [`PUT organiser/submissions/${id}/processing`]: { body: { processing } } };

  const { code, stdout } = await command([processing, id, '--reason', 'It is repaired.', '--yes']);

  expect([code, stdout]).toEqual([0, said]);
  expect(asked.map(({ content }) => content)).toEqual([{ processing, reason: 'It is repaired.' }]);
});

test('review sends scores by their criteria', async () => {
  answers = { [`PUT organiser/submissions/${id}/review`]: { body: review } };

  const { stdout } = await command(['review', id, '--score', 'fit=4', '--score', 'depth=2', '--note', 'Good']);

  expect(stdout).toBe('reviewed: 4\n');
  expect(asked.map(({ content }) => content)).toEqual([{ scores: { fit: 4, depth: 2 }, note: 'Good' }]);
});

test('messages has one line for each', async () => {
  answers = { 'GET organiser/messages?state=parked': { body: { items: [message] } } };

  expect((await command(['messages', '--state', 'parked'])).stdout).toBe(`parked\taccepted\t${id}\temail\t\t${at}\t\n`);
});

describe('decide', () => {
  beforeEach(() => {
    answers = {
      [`GET organiser/submissions/${id}`]: { body: { ...aSubmission('One'), reviews: [] } },
      [`PUT organiser/submissions/${id}/decision`]: { body: verdict },
    };
  });

  test('decides in the stage that it is in', async () => {
    const { code, stdout } = await command([
      'decide',
      id,
      'waitlisted',
      '--rank',
      '2',
      '--override',
      '--reason',
      'Yes!',
    ]);

    expect([code, stdout]).toEqual([0, 'rejected in selection, as number 4\n']);
    expect(asked.at(-1)?.content).toEqual({
      stage: 'selection',
      outcome: 'waitlisted',
      rank: 2,
      override: true,
      reason: 'Yes!',
    });
  });

  test('asks before it rejects', async () => {
    const no = await command(['decide', id, 'rejected'], { isTerminal: true, input: 'n\n' });
    const requests = asked.length;
    const yes = await command(['decide', id, 'rejected'], { isTerminal: true, input: 'y\n' });

    expect(no).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`Reject ${id} in selection? [y/N]`),
    });
    expect(requests).toBe(1);
    expect(yes).toMatchObject({ code: 0, stdout: 'rejected in selection, as number 4\n' });
  });
});

test.each([
  [['withdraw', id], `Withdraw the submission for good?`],
  [['decline', id], 'Decline the acceptance, and give up the slot?'],
  [['cancel', id], 'Cancel the talk, and give up the slot?'],
  [['decide', id, 'rejected', '--stage', 'selection'], `Reject ${id} in selection?`],
  [['end', id], `End ${id}, and tell its speaker?`],
  [['announce', '--all'], 'Announce all matching decided submissions?'],
  [['close'], 'Open submissions: 3. Messages that have not arrived: 1. Close the call for good?'],
  [['erase', id], `Erase ${id} for everybody, for good?`],
])('%j changes nothing without a terminal and --yes', async (args, question) => {
  answers = { 'GET organiser/closings': { body: { open: { count: 3 }, undelivered: { count: 1 } } } };

  const { code, stderr } = await command(args, { input: 'a-token\n' });

  expect(code).toBe(2);
  expect(stderr).toBe(`${question} There is no terminal to ask in: add --yes to do it\n`);
  expect(asked.filter(({ request }) => !request.startsWith('GET'))).toEqual([]);
});

describe('what takes its time', () => {
  const started = (path: string) => ({
    code: 202,
    body: anOperation('NotStarted'),
    headers: { Location: `/api/organiser/${path}/${id}` },
  });

  test('announce is followed to its end', async () => {
    answers = {
      'POST organiser/announcements': started('announcements'),
      [`GET organiser/announcements/${id}`]: [
        { code: 202, body: anOperation('Running') },
        { body: anOperation('Succeeded', { result: { done: 2, skipped: 0 } }) },
      ],
    };

    const { code, stdout } = await command(['announce', id, '--yes', '--reason', 'It is time']);

    expect([code, stdout]).toEqual([
      0,
      `${url}/api/organiser/announcements/${id}\n1 of 2 submissions\ndone: 2, skipped: 0\n`,
    ]);
    expect(asked[0]?.content).toEqual({ submissions: [id], reason: 'It is time' });
    expect(asked.map(({ token }) => token)).toEqual(['a-token', 'a-token', 'a-token']);
  });

  test('close fails with the reason of the service', async () => {
    const error = { code: 'undelivered-answers', message: 'Answers have not arrived.' };
    answers = {
      'GET organiser/closings': { body: { open: { count: 3 }, undelivered: { count: 1 } } },
      'POST organiser/closings': started('closings'),
      [`GET organiser/closings/${id}`]: { body: anOperation('Failed', { error }) },
    };

    const { code, stdout } = await command(['close', '--yes', '--json']);

    expect(code).toBe(4);
    expect(stdout).toBe(
      `${JSON.stringify({ location: `${url}/api/organiser/closings/${id}` })}\n${JSON.stringify(anOperation('Failed', { error }))}\n`,
    );
    expect(asked[1]?.content).toEqual({});
  });

  test('announce names what is stuck', async () => {
    const error = { code: 'some-stuck', message: 'Some are stuck.', submissions: [id] };
    answers = {
      'POST organiser/announcements': started('announcements'),
      [`GET organiser/announcements/${id}`]: { body: anOperation('Failed', { error }) },
    };

    const { code, stdout } = await command(['announce', '--all', '--yes']);

    expect([code, stdout]).toEqual([4, `${url}/api/organiser/announcements/${id}\nfailed: Some are stuck. ${id}\n`]);
  });

  test.each([
    [['announce', '--track', 'web', '--verdict', 'passed'], { filter: { track: 'web', verdict: 'passed' } }],
    [['announce', '--all', '--at', at], { filter: {}, at }],
  ])('%j announces by a filter', async (args, content) => {
    answers = {
      'POST organiser/announcements': started('announcements'),
      [`GET organiser/announcements/${id}`]: { body: anOperation('Canceled') },
    };

    const { code } = await command([...args, '--yes']);

    expect(code).toBe(5);
    expect(asked[0]?.content).toEqual(content);
  });
});

describe('the token', () => {
  const shown = () => ({
    [`GET organiser/submissions/${id}`]: { body: { ...aSubmission('One'), reviews: [] } },
    [`PUT submissions/${id}/attendance`]: { body: accepted },
  });

  test.each([
    ['a file, before all else', ['--token-file'], { input: 'of-input\n', env: { CFS_TOKEN: 'of-env' } }, 'of-file'],
    ['the environment', [], { input: 'of-input\n', env: { CFS_TOKEN: 'of-env' } }, 'of-env'],
    ['standard input', [], { input: 'of-input\nmore\n', env: {} }, 'of-input'],
    ['a terminal', [], { input: 'of-terminal\n', env: {}, isTerminal: true }, 'of-terminal'],
  ])('is read from %s', async (_, option, how, token) => {
    answers = shown();
    const file = join(folder, 'token');
    await writeFile(file, 'of-file\nmore\n');

    const { code, stdout, stderr } = await command(['show', id, ...option, ...option.map(() => file)], how);

    expect(code).toBe(0);
    expect(asked.map((one) => one.token)).toEqual([token]);
    // What is typed is not shown.
    expect(stdout + stderr).not.toContain(token);
  });

  test("of the committee goes to no speaker's URL", async () => {
    answers = shown();

    const { code, stdout } = await command(['decline', id, '--yes'], {
      input: 'of-speaker\n',
      env: { CFS_TOKEN: 'of-committee' },
    });

    expect([code, stdout]).toEqual([0, `${url}/api/submissions/${id}\naccepted, declined\n`]);
    expect(asked).toEqual([
      { request: `PUT submissions/${id}/attendance`, token: 'of-speaker', content: { attendance: 'declined' } },
    ]);
  });

  test.each([
    [['show', id], { env: {} }, 'standard input has no token of the committee in its first line\n'],
    [['show', id], { env: { CFS_TOKEN: 'two words' } }, 'CFS_TOKEN is not a valid token of the committee\n'],
    [
      ['show', id, '--token-file', '/no/such'],
      {},
      "--token-file: ENOENT: no such file or directory, open '/no/such'\n",
    ],
  ])('%j: is wrong usage where there is none', async (args, how, stderr) => {
    expect(await command(args, how)).toEqual({ code: 2, stdout: '', stderr });
  });
});

test.each([
  [
    ['sumbit', 'x'],
    'the command must be one of: submit, watch, mine, withdraw, confirm, decline, cancel, list, show, messages, preview, ',
  ],
  [[], 'the command must be one of: submit'],
  [['show'], 'the usage is: show ID\n'],
  [['list', 'x'], 'the usage is: list\n'],
  [['list', '--nope'], "Unknown option '--nope'\n"],
  [['list', '--timeout', '0'], '--timeout takes a number of seconds\n'],
  [['decide', id, 'maybe'], 'OUTCOME is one of: passed, rejected, waitlisted; "maybe" is none\n'],
  [['decide', id, 'passed', '--stage', 'jury'], 'the stage is one of: moderation, shortlisting, selection; "jury" is'],
  [['decide', id, 'passed', '--stage', 'selection', '--rank', 'x'], '--rank takes a number\n'],
  [['review', id, '--score', 'fit=9'], '--score fit=9: must be like fit=4, from 1 to 5\n'],
  [['announce'], 'announce takes ids, or --all, or a filter'],
  [['announce', id, '--all'], 'announce takes ids, or --all, or a filter'],
  [['announce', '--verdict', 'x'], '--verdict is one of: passed, rejected, waitlisted; "x" is none\n'],
])('%j is wrong usage, and nothing is asked', async (args, complaint) => {
  answers = {};

  const { code, stdout, stderr } = await command(args);

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(complaint);
  expect(asked).toEqual([]);
});

test('a retry is reported beside the table, and not in it', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  answers = { 'GET organiser/messages': [{ code: 503, body: {} }, { body: { items: [message] } }] };

  const { stdout, stderr } = await command(['messages'], { isTerminal: true });

  expect(stderr).toMatch(/^the service answers 503; next try in \d s\n$/);
  expect(stdout).toMatch(/^STATE .*\nparked .*\n$/);
});

test('a refusal is an error, with all that is wrong', async () => {
  const errors = [{ detail: 'is no criterion', pointer: '/scores/fit' }];
  const problem = { type: `${url}/problems#invalid-content`, title: 'The content is not valid', status: 422, errors };
  answers = { [`PUT organiser/submissions/${id}/review`]: { code: 422, body: problem } };

  const plain = await command(['review', id, '--score', 'fit=4']);
  const json = await command(['review', id, '--score', 'fit=4', '--json']);

  expect(plain).toEqual({ code: 1, stdout: '', stderr: 'The content is not valid\n  /scores/fit is no criterion\n' });
  expect(JSON.parse(json.stderr)).toEqual({
    error: { name: 'RefusedError', message: 'The content is not valid\n  /scores/fit is no criterion', problem },
  });
});

test('each command has a usage', async () => {
  const [all, one] = [await command(['--help']), await command(['decide', '-h'])];

  expect(all.stdout).toContain('  decide ID OUTCOME ');
  expect(all.stdout).toContain('Exit codes:');
  expect(one.stdout).toContain('--override');
  expect(Math.max(...(all.stdout + one.stdout).split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

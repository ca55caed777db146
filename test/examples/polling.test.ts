import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { freePort } from '../../dev/ports.ts';
import { definitionSchema, runLogicApp } from '../support/logic-apps.ts';
import { aStatus, speakerToken } from '../support/service.ts';
import { testThatHistoriesReplay, useDevServer } from '../support/temporal.ts';
import { withService } from '../support/with-service.ts';

const server = useDevServer();

const root = fileURLToPath(new URL('../..', import.meta.url));

const interpreters = { 'poll.sh': 'sh', 'poll.mjs': process.execPath, 'poll.py': 'python3' } as const;
const names = ['poll.sh', 'poll.mjs', 'poll.py'] as const;
const logicApp = 'logic-apps-action.json';

const read = (file: string) => readFile(`${root}/${file}`, 'utf8');

/** What a program prints, after it is sure that it ended well; its other output, and the code, where it did not. */
function run(program: keyof typeof interpreters, url: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(interpreters[program], [`examples/polling/${program}`, url], { cwd: root }, (error, stdout, stderr) =>
      resolve(error ? `${error.code}: ${stdout}${stderr}` : stdout.trimEnd()),
    );
  });
}

async function runAll(url: string): Promise<Record<string, string>> {
  const definition = definitionSchema.parse(JSON.parse(await read(`examples/polling/${logicApp}`)));
  const talk: unknown = JSON.parse(await read('examples/talk.json'));
  const [sh, mjs, py, json] = await Promise.all([
    run('poll.sh', url),
    run('poll.mjs', url),
    run('poll.py', url),
    runLogicApp(definition, { server: url }, talk),
  ]);
  return { sh, mjs, py, json };
}

describe('the pollers of docs/polling.md', () => {
  test.each([
    ['Succeeded', 'accepted'],
    ['Failed', 'failed: The submission could not be processed. Please write to the organisers.'],
    ['Canceled', 'withdrawn'],
  ] as const)('H1, H3, H14: from submit to %s', async (end, words) => {
    const outcomes = await withService(server, end, runAll);

    expect(outcomes).toEqual({ sh: words, mjs: words, py: words, json: words });
  });

  test('H8, H10: keep the key and the pace when the service fails for a moment', async () => {
    const talk = await read('examples/talk.json');

    const seen = await Promise.all(names.map((name) => withMoodyService(badMoments, (url) => run(name, url))));

    for (const { output, requests } of seen) {
      expect(output).toBe('rejected');
      expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        'POST /cfs/api/submissions',
        'POST /cfs/api/submissions',
        'GET /1',
        'GET /1',
        'GET /1',
      ]);
      const [first, again, ...polls] = requests;
      expect(first).toMatchObject({ body: talk, key: expect.stringMatching(/^[\x21-\x7e]{16,255}$/) });
      expect(again).toMatchObject({ body: talk, key: first?.key });
      expect(Math.min(again?.wait ?? 0, ...polls.map(({ wait }) => wait))).toBeGreaterThan(pace * 1_000 - 10);
    }
  });

  test('tell why a talk is refused, and end with 1', async () => {
    const refusal: Answer[] = [[422, { title: 'The submission is not valid' }]];

    const seen = await Promise.all(names.map((name) => withMoodyService(refusal, (url) => run(name, url))));

    for (const { output } of seen) expect(output).toMatch(/^1: .*The submission is not valid/);
  });

  test('are shown in the documentation unchanged', async () => {
    const shown = [...(await read('docs/polling.md')).matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, text]) => text);

    const files = [...names, logicApp].map((name) => read(`examples/polling/${name}`));
    expect(shown).toEqual(await Promise.all(files));
  });
});

testThatHistoriesReplay(server, 12);

type Request = { method: string | undefined; path: string | undefined; key: unknown; body: string; wait: number };

/** A status code and its content. */
type Answer = [number, object];

/** Seconds that it asks to wait each time: more than what any of them waits by itself. */
const pace = 2;

const badMoments: Answer[] = [
  [503, {}],
  [202, { ...aStatus({ status: 'NotStarted' }), speakerToken }],
  [202, aStatus()],
  [429, {}],
  [200, aStatus({ status: 'Succeeded', result: { outcome: 'rejected' } })],
];

/** Runs with a service that gives these answers, one after the other, and fails after that. */
async function withMoodyService(answers: readonly Answer[], act: (url: string) => Promise<string>) {
  const requests: Request[] = [];
  let last = 0;
  const service = createServer(async (request, response) => {
    const wait = performance.now() - last;
    const body = (await request.toArray()).join('');
    const [status, content] = answers[requests.length] ?? [500, {}];
    requests.push({ method: request.method, path: request.url, key: request.headers['idempotency-key'], body, wait });
    response.writeHead(status, { 'Retry-After': pace, ...(status === 202 ? { Location: `${base}/1` } : {}) });
    response.end(JSON.stringify(content));
    last = performance.now();
  });
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  await new Promise<void>((resolve) => service.listen(port, '127.0.0.1', resolve));
  try {
    return { output: await act(`${base}/cfs/`), requests };
  } finally {
    await new Promise((resolve) => service.close(resolve));
  }
}

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { rooms } from '../support/rooms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = [...rooms, 'bench', 'dev', 'test'];
const files = ['biome.json', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'worker.ts'];

/** One violation for each rule: a file, and what is planted at its end. */
const plants = {
  'no-cycles': ['contract/stages.ts', "import '../contract/stages.ts';"],
  'no-cycles-between-folders': ['contract/mail/releases.ts', "import type {} from '../call/call.ts';"],
  'contract-imports-nothing-of-ours': ['contract/text/text.ts', "import type {} from '../../api/ids.ts';"],
  'processes-know-settings-only': ['process/settings/settings.ts', "import type {} from '../../store/store.ts';"],
  'the-store-follows': ['store/parsed.ts', "import type {} from '../api/ids.ts';"],
  'messages-know-the-contract-only': ['messages/email.ts', "import type {} from '../store/store.ts';"],
  'temporal-is-spoken-to-from-above': ['temporal/commands.ts', "import type {} from '../store/store.ts';"],
  'the-codec-server-stands-apart': ['codec/decoder.ts', "import type {} from '../api/ids.ts';"],
  'nobody-runs-the-codec-server': ['api/app.ts', "import type {} from '../codec/operators.ts';"],
  'traces-cost-nothing-unasked': ['process/tracing/tracing.ts', "import type {} from '@opentelemetry/api';"],
  'no-import-runs-up': ['activities/index.ts', "import type {} from '../api/ids.ts';"],
  'the-api-knows-no-temporal-client': ['api/pages/frame/frame.tsx', "import type {} from '@temporalio/client';"],
  'activities-know-no-temporal-client': ['activities/reconcile.ts', "import type {} from '@temporalio/client';"],
  'routes-for-people-go-through-the-gate': ['api/routes/feeds.ts', "import type {} from '../../store/store.ts';"],
  'routes-refuse-what-they-declare': ['api/routes/trigger.ts', "import '../http/refusal.ts';"],
  'the-client-stands-alone': ['client/index.ts', "import type {} from '../process/settings/settings.ts';"],
  'the-client-library-runs-without-node': ['client/session.ts', "import 'node:os';"],
  'the-library-knows-no-command': ['client/poll.ts', "import './command/exit-codes.ts';"],
  'the-client-installs-alone': ['client/check.ts', "import type {} from '../contract/http/status.ts';"],
  'production-needs-no-tools': ['worker.ts', "import './dev/ports.ts';"],
  'parts-meet-in-the-contract': ['api/ids.ts', "import '../activities/select.ts';"],
  'workflows-are-deterministic': ['workflows/recorder.ts', "import 'node:crypto';"],
  'workflows-are-small': ['contract/record.ts', "import 'zod';"],
  'declared-dependencies-only': ['contract/text/words.ts', "import 'fast-check';"],
} as const;

/** A route of a definition, with a handler that keeps to it or not. */
const aRoute = (handler: string) => `
import { z } from 'zod';
import { route } from '../routing/route.ts';
import type { OrganiserDependencies } from './organiser-dependencies.ts';

export const planted = route(
  {
    route: 'GET /api/organiser/planted/{id}',
    operationId: 'planted',
    who: 'organiser',
    summary: 'Planted',
    description: 'Planted',
    gives: {
      200: { body: { Planted: z.strictObject({ id: z.string() }) } },
      202: { body: { Planted: z.strictObject({ id: z.string() }) }, headers: { Location: 'OrganiserLocation' } },
    },
    refuses: ['not-found'],
  },
  ({ gate }: OrganiserDependencies) => async (asked) => {
    if (asked.params.id === '' || gate === undefined) return asked.refuse('not-found');
    ${handler}
  },
);
`;

const aHandler = 'return { status: 200, body: { id: asked.person.name } };';

const wrongHandlers = {
  status: "return { status: 201, body: { id: 'x' } };",
  body: 'return { status: 200, body: { id: 1 } };',
  header: "return { status: 202, body: { id: 'x' } };",
  response: "return new Response('x');",
  refusal: "return asked.refuse('erased');",
  // The gate may refuse what this route doesn't declare.
  gate: 'return { status: 200, body: { id: (await gate.open(asked, asked.params.id)).state.id } };',
  parameter: 'return { status: 200, body: { id: asked.params.name } };',
  content: 'return { status: 200, body: { id: asked.body.id } };',
};

let folder: string;
let reports: string;

/** What a command prints, whether it succeeds or not. */
function output(...[command, ...args]: [string, ...string[]]): Promise<string> {
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: `--import ${join(root, 'dev/boundaries/read-tsx.mjs')}` };
    execFile(join(root, 'node_modules/.bin', command), args, { cwd: folder, env }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

async function plant(file: string, text: string) {
  const path = join(folder, file);
  await writeFile(path, `${await readFile(path, 'utf8')}\n${text}\n`);
}

async function unplant(file: string) {
  await cp(join(root, file), join(folder, file));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-boundaries-'));
  for (const source of [...sources, ...files]) await cp(join(root, source), join(folder, source), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.values(plants)) await plant(file, text);
  const [all, values] = await Promise.all([
    output('depcruise', '--config', 'dev/boundaries/all-imports.json', '.'),
    output('tsc', '-p', 'tsconfig.build.json', '--noCheck').then(() =>
      output('depcruise', '--config', 'dev/boundaries/value-imports.json', 'dist'),
    ),
  ]);
  for (const [file] of Object.values(plants)) await unplant(file);
  reports = all + values;
});

afterAll(() => rm(folder, { recursive: true }));

describe('the boundaries of the house', () => {
  test.each(Object.entries(plants))('%s bites', (rule, [file]) => {
    const named =
      rule === 'no-cycles-between-folders' ? `${dirname(file)} ` : `${file.replace(/\.tsx?$/, '')}\\.(tsx?|js)`;
    // It is named by whoever reaches the package, and the way is told below.
    const where = rule === 'workflows-are-small' ? `workflows/\\w+\\.js.*zod[\\s\\S]*?${named}` : named;

    expect(reports).toMatch(new RegExp(`error ${rule}: (dist/)?${where}`));
  });

  test('each rule there is has a violation to bite', async () => {
    const configs = ['all-imports', 'value-imports'].map((name) =>
      readFile(join(root, `dev/boundaries/${name}.json`), 'utf8'),
    );

    const rules = (await Promise.all(configs)).flatMap((text) =>
      JSON.parse(text).forbidden.map(({ name }: { name: string }) => name),
    );

    expect(rules.sort()).toEqual(Object.keys(plants).sort());
  });

  test('H5: an internal conclusion without a public face fails the type check', async () => {
    const record = await readFile(join(root, 'contract/record.ts'), 'utf8');
    await writeFile(
      join(folder, 'contract/record.ts'),
      record.replace("{ kind: 'withdrawn' }", "{ kind: 'withdrawn' } | { kind: 'ghosted' }"),
    );

    const report = await output('tsc', '--noEmit', '-p', 'tsconfig.build.json');

    expect(report).toMatch(/contract\/public-status\.ts.*error TS/);
    await unplant('contract/record.ts');
  });

  test('a stage without an activity fails the type check', async () => {
    await writeFile(
      join(folder, 'contract/stages.ts'),
      (await readFile(join(root, 'contract/stages.ts'), 'utf8')).replace("'selection'", "'selection', 'jury'"),
    );

    const report = await output('tsc', '--noEmit', '-p', 'tsconfig.build.json');

    for (const file of ['contract/call/rules.ts', 'workflows/judge.ts', 'api/status/pace.ts'])
      expect(report).toContain(file);
    await unplant('contract/stages.ts');
  });

  test('a route that answers, refuses or asks for what it has not defined fails the type check', async () => {
    for (const [name, handler] of Object.entries({ right: aHandler, ...wrongHandlers }))
      await writeFile(join(folder, `api/routes/planted-${name}.ts`), aRoute(handler));

    const report = await output('tsc', '--noEmit', '-p', 'tsconfig.build.json');

    const failed = [...report.matchAll(/^api\/routes\/planted-([\w-]+)\.ts.*error TS/gm)].map(([, name]) => name);
    expect([...new Set(failed)].sort()).toEqual(Object.keys(wrongHandlers).sort());
    for (const name of ['right', ...failed]) await rm(join(folder, `api/routes/planted-${name}.ts`), { force: true });
  });

  test.each([
    ['noRestrictedGlobals', 'export const now = () => Date.now();', 'workflows/planted.ts'],
    ['noFloatingPromises', 'export function forgets() {\n  Promise.resolve(1);\n}'],
    ['noExplicitAny', 'export const anything = (value: any) => value;'],
    ['noConsole', "export const speak = () => console.log('hello');"],
  ])('the lint rule %s bites', async (rule, text, file = 'api/planted.ts') => {
    await writeFile(join(folder, file), text);

    const report = await output('biome', 'lint', '--vcs-enabled=false', file);

    expect(report).toContain(rule);
    await rm(join(folder, file));
  });
});

test('the workflow bundle has no zod and no calendar in it: what workflows import of the contract is types and constants', async () => {
  const { codePath } = await findWorkflowBundle();

  const bundle = await readFile(codePath, 'utf8');

  const modules = [
    'contract/public-status',
    'node_modules/zod/',
    'node_modules/eld/',
    'node_modules/temporal-polyfill/',
  ];
  expect(modules.filter((name) => bundle.includes(name))).toEqual(['contract/public-status']);
});

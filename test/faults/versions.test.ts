import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { announceUpdate } from '../../contract/workflow/commands.ts';
import { panel } from '../../dev/drills/open-everywhere.ts';
import { plantBuild } from '../../dev/drills/planted-build.ts';
import { type One, starterOf } from '../../dev/histories/paths.ts';
import { createTemporaryStack } from '../../dev/temporary-stack.ts';
import { buildOf } from '../../temporal/bundle/build-of.ts';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { shared } from '../support/shared.ts';

/** A timer before the announcement, as it is added by `patched` to a workflow that may be past that point. */
const file = 'workflows/submission.ts';
const change = [
  { file, from: '  setHandler,\n}', to: '  patched,\n  setHandler,\n}' },
  {
    file,
    from: "      if ('do' in step)",
    to: "      if ('wait' in step && step.wait === 'announcement' && patched('planted')) await condition(() => false, '10 ms');\n      if ('do' in step)",
  },
];

const deployment = 'call-for-speakers';

let cli: string;
let stack: Awaited<ReturnType<typeof createTemporaryStack>>;
let next: Awaited<ReturnType<typeof plantBuild>>;
let last: string;
beforeAll(async () => {
  cli = await shared('temporalCli');
  stack = await createTemporaryStack(cli, new AbortController().signal);
  const planted = plantBuild(...change);
  await stack.startTemporal();
  next = await planted;
  last = await buildOf(await findWorkflowBundle());
});
afterAll(async () => {
  await stack.stop();
  await next.remove();
});

const startWorker = (module?: URL) => stack.startWorker(module, { WORKER_DEPLOYMENT: deployment });

/** The server refuses a version that nobody has polled for. */
async function deploy(command: string, ...which: string[]): Promise<void> {
  const to = ['--deployment-name', deployment, '--yes', '--address', stack.address];
  const set = () => promisify(execFile)(cli, ['worker', 'deployment', command, ...which, ...to]);
  await vi.waitFor(set, { timeout: 20_000 });
}

/** A submission, and what it takes to its end. */
type Open = { one: One; end: () => Promise<unknown> };

async function announce(one: One): Promise<void> {
  await one.give(announceUpdate, { by: 'Olga' });
  await one.over();
}

async function lastBuildOf({ one }: Open): Promise<string> {
  const { raw } = await one.handle.describe();
  return raw.workflowExecutionInfo?.mostRecentWorkerVersionStamp?.buildId ?? '';
}

/** A second attempt meets what the first has left. */
let attempts = 0;

const lettersTo = (names: readonly string[], { one }: Open) => names.filter((name) => name.startsWith(one.id));

test('a change is ramped, made current and taken back: what was open, and what began meanwhile, ends once each', async () => {
  attempts += 1;
  const start = starterOf(stack.client, attempts);
  const undecided = async (): Promise<Open> => {
    const one = await (await start(panel)).untilWaiting('reviews');
    return { one, end: () => one.decide('passed').then(() => announce(one)) };
  };
  const decided = async (): Promise<Open> => {
    const { one } = await undecided();
    await one.decide('passed');
    return { one, end: () => announce(one) };
  };

  const [worker, nextWorker] = await Promise.all([startWorker(), startWorker(next.worker)]);
  await deploy('set-current-version', '--build-id', last);
  const before = await Promise.all([undecided(), undecided()]);
  const past = await Promise.all([decided(), decided()]);

  await deploy('set-ramping-version', '--build-id', next.build, '--percentage', '50');
  const ramped: Open[] = [];
  const builds = new Set<string>();
  while (builds.size < 2) {
    const open = await undecided();
    ramped.push(open);
    builds.add(await lastBuildOf(open));
  }
  await deploy('set-current-version', '--build-id', next.build);
  await worker.stop();
  const after = [await undecided(), await undecided()];
  const groups = [before, past, ramped, after];
  const byNext = groups.flatMap(([, ...others]) => others);
  await Promise.all(byNext.map(({ end }) => end()));

  const lastWorker = await startWorker();
  await deploy('set-current-version', '--build-id', last);
  await nextWorker.stop();
  const byLast = groups.flatMap(([first]) => first ?? []);
  await Promise.all(byLast.map(({ end }) => end()));

  const all = [...byNext, ...byLast];
  const results = await Promise.all(all.map(({ one }) => one.handle.result()));
  const letters = await readdir(join(stack.folder, 'outbox'));
  expect(builds).toEqual(new Set([last, next.build]));
  expect(await Promise.all(byNext.map(lastBuildOf))).toEqual(byNext.map(() => next.build));
  expect(await Promise.all(byLast.map(lastBuildOf))).toEqual(byLast.map(() => last));
  expect(results).toEqual(all.map(() => ({ outcome: 'accepted' })));
  expect(all.map((open) => lettersTo(letters, open))).toEqual(all.map(() => [expect.stringMatching('accepted')]));
  await lastWorker.stop();
});

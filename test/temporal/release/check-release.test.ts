import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEverywhere, type Waits } from '../../../dev/drills/open-everywhere.ts';
import { plantBuild } from '../../../dev/drills/planted-build.ts';
import { freePort } from '../../../dev/ports.ts';
import { createTemporaryStack } from '../../../dev/temporary-stack.ts';
import { testKeys, testKeysSetting } from '../../../dev/test-keys.ts';
import { createDataConverter } from '../../../temporal/codec/data-converter.ts';
import { withTrace } from '../../../temporal/tracing/trace-header.ts';
import { shared } from '../../support/shared.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const traced: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next(withTrace(input, traceparent)),
  startUpdate: (input, next) => next(withTrace(input, traceparent)),
};

let stack: Awaited<ReturnType<typeof createTemporaryStack>>;
let waiting: Waits[];
let namespace: string;
beforeAll(async () => {
  stack = await createTemporaryStack(await shared('temporalCli'), new AbortController().signal);
  await stack.startTemporal();
  const worker = await stack.startWorker();
  const { connection, options } = stack.client;
  const dataConverter = createDataConverter(testKeys);
  // What was begun with a trace has to replay as well.
  const interceptors = { workflow: [traced] };
  waiting = await openEverywhere(new Client({ connection, namespace: options.namespace, dataConverter, interceptors }));
  // What waits for nothing but its time would go on meanwhile.
  await worker.stop();
  namespace = stack.client.options.namespace;
});
afterAll(() => stack.stop());

/** The command of a checkout, as its user runs it. */
async function checkRelease(checkout: string, args: string[] = [], address = stack.address) {
  const command = ['--import', 'tsx', join(checkout, 'temporal/release/check-release.ts'), ...args];
  const env = { ...process.env, TEMPORAL_ADDRESS: address, PAYLOAD_KEYS: testKeysSetting };
  return promisify(execFile)(process.execPath, command, { cwd: root, env, timeout: 60_000 }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

const lengths = () => Promise.all(waiting.map(async ({ one }) => (await one.handle.describe()).historyLength));

test('the workflows of a build that is as the last one replay, and nothing is written', async () => {
  const before = await lengths();

  const { code, stdout } = await checkRelease(root);

  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(`replays all \\d+ workflows that are open in ${namespace}\n$`),
  ]);
  expect(Number(/all (\d+)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(waiting.length);
  expect(await lengths()).toEqual(before);
});

test('--sample replays so many of each type and build', async () => {
  const { stdout } = await checkRelease(root, ['--sample', '2']);
  const wrong = await checkRelease(root, ['--sample', 'all']);

  // At most two submissions, and the reconciler if it is running.
  expect(Number(/all (\d+)/.exec(stdout)?.[1])).toBeLessThanOrEqual(4);
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/--sample must be a number/)]);
});

test('a build that one submission would not survive is refused, and that one is named', async () => {
  const bad = await plantBuild({
    file: 'workflows/submission.ts',
    from: '    for (let step = open.step;',
    to: "    if (input.submission.title.startsWith('Idiots')) await condition(() => false, '1 second');\n    for (let step = open.step;",
  });

  const { code, stdout, stderr } = await checkRelease(bad.checkout);

  const wrong = waiting.find(({ at }) => at === 'referral');
  const named = stdout.split('\n').filter((line) => line.includes('does not replay'));
  expect(code).toBe(1);
  expect(named).toEqual([expect.stringContaining(`${wrong?.one.handle.workflowId} does not replay: [TMPRL1100]`)]);
  expect(stderr).toMatch(new RegExp(`1 of \\d+ open workflows would stand still: don't deploy build ${bad.build}`));
  await bad.remove();
});

test('a Temporal that is away is named by its setting', async () => {
  const { code, stderr } = await checkRelease(root, [], `127.0.0.1:${await freePort()}`);

  expect([code, stderr]).toEqual([1, expect.stringMatching(/Temporal can't be reached.*TEMPORAL_ADDRESS/)]);
});

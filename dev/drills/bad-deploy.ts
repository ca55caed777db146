/** Deploys a build that open submissions don't survive, and recovers by `docs/runbook/bad-deploy.md`. */
import { deepStrictEqual } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { submit } from '../../client/index.ts';
import { announceUpdate } from '../../contract/workflow/commands.ts';
import { environment } from '../../process/settings/read-settings.ts';
import { buildOf } from '../../temporal/bundle/build-of.ts';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { aTalk, theCall } from '../histories/material.ts';
import { createTemporaryStack } from '../temporary-stack.ts';
import { until } from '../until.ts';
import type { Drill, DrillOptions } from './drill-type.ts';
import { openEverywhere, panel } from './open-everywhere.ts';
import { plantBuild } from './planted-build.ts';
import { longestRepair, openRunbookPage, type RunbookPage } from './runbook-page.ts';

/** One more timer, as somebody might add it without `patched`. */
const nonDeterministic = {
  file: 'workflows/submission.ts',
  from: '    for (let step = open.step;',
  to: "    await condition(() => false, '1 second');\n    for (let step = open.step;",
};

const deployment = 'call-for-speakers';

/** Submitted while the bad build is current. */
const speakers = ['ada', 'jun', 'mary'];

export const badDeploy: Drill = {
  about: 'workers with code that open submissions do not survive',

  async run(options) {
    const bad = await plantBuild(nonDeterministic);
    const stack = await createTemporaryStack(options.program, options.stopping);
    const env = { ...environment(), HOME: stack.folder, TEMPORAL_ADDRESS: stack.address };
    const page = await openRunbookPage('bad-deploy', { temporal: options.program }, env);
    try {
      await deployAndRecover(options, { stack, page, bad });
    } finally {
      await page.close();
      await stack.stop();
      await bad.remove();
    }
  },
};

type Scene = {
  stack: Awaited<ReturnType<typeof createTemporaryStack>>;
  page: RunbookPage;
  bad: Awaited<ReturnType<typeof plantBuild>>;
};

async function deployAndRecover({ say, stopping }: DrillOptions, { stack, page, bad }: Scene): Promise<void> {
  const limits = { within: longestRepair, signal: stopping };
  const builds = { DEPLOYMENT: deployment, GOOD: await buildOf(await findWorkflowBundle()), BAD: bad.build };
  const handleOf = (id: string) => stack.client.workflow.getHandle(`submission-${id}`);
  const runsOf = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await handleOf(id).describe()).runId));

  /** The same command makes any version current. The server refuses it until workers of that version have polled. */
  const makeCurrent = (build: string) =>
    until(
      async () => (await page.run('Go back', { ...builds, GOOD: build })) !== '',
      `${build} is not current`,
      limits,
    );

  const areJudged = (ids: readonly string[]) =>
    until(
      async () => (await Promise.all(ids.map((id) => stageOf(gateway.url, id)))).every((one) => one === 'selection'),
      'talks do not wait for their panel',
      limits,
    );

  await stack.startTemporal();
  const gateway = await stack.startGateway({ ...theCall, ...panel });
  await stack.startWorker(undefined, { WORKER_DEPLOYMENT: deployment });
  await makeCurrent(builds.GOOD);
  const waiting = await openEverywhere(stack.client);
  const decided = await submitAs(gateway.url, 'grace');
  await areJudged([decided]);
  const before = [...waiting.map(({ one }) => one.id), decided];
  const runs = await runsOf(before);
  say(`build ${builds.GOOD} is current; submissions wait at: ${waiting.map(({ at }) => at).join(', ')}`);

  await stack.startWorker(bad.worker, { WORKER_DEPLOYMENT: deployment });
  await makeCurrent(bad.build);
  say(`build ${bad.build} is current: it does something else than their histories say`);
  const during = await Promise.all(speakers.map((name) => submitAs(gateway.url, name)));
  await areJudged(during);
  const refused = await decide(gateway, decided);
  deepStrictEqual(refused, 503, 'who decides is told to try again');
  say(`${during.length} more are submitted. Polls are answered as before; an organiser who decides gets ${refused}`);
  await until(
    async () => (await page.run('Look', builds)).includes('submission-'),
    'no failing workflow is reported',
    limits,
  );
  say('the list of workflows with failing tasks has its first one: here the person on duty begins');

  const begun = performance.now();
  await makeCurrent(builds.GOOD);
  say('the last release is current again');
  await page.run('Take back what the bad build has begun', builds);
  say('what the bad build has begun is put back');
  await until(async () => !(await page.run('Check', builds)).includes('submission-'), 'tasks still fail', limits);
  say(`no task fails any more, ${((performance.now() - begun) / 1_000).toFixed(0)} s after the first command`);

  for (const { goOn } of waiting) await goOn();
  for (const { one } of waiting) await one.over();
  // The decision of before may have been taken meanwhile: it is sent again, as everybody may who got a 503.
  for (const id of [decided, ...during]) {
    await until(async () => (await decide(gateway, id)) === 200, `${id} is not decided`, limits);
    await giveCommand(handleOf(id), announceUpdate, { args: [{ by: 'Olga' }] });
  }
  const results = await Promise.all([...before, ...during].map((id) => handleOf(id).result()));
  say(`all ${results.length} submissions went on to their ends`);

  deepStrictEqual(await runsOf(before), runs, 'what was open before was not touched');
  deepStrictEqual(
    await receiptsIn(stack.folder),
    [decided, ...during].map((id) => `${id}.receipt`).sort(),
    'one receipt each',
  );
  deepStrictEqual(page.left(), [], 'each command of the page was run');
}

type Gateway = { url: string; organiserToken: string };

async function submitAs(url: string, name: string): Promise<string> {
  const { status } = await submit(url, aTalk({ speaker: { name, email: `${name}@example.org` } }));
  return status.id;
}

async function stageOf(url: string, id: string): Promise<unknown> {
  const status: object = await (await fetch(`${url}/api/submissions/${id}`)).json().then(Object);
  return 'stage' in status ? status.stage : undefined;
}

async function decide({ url, organiserToken }: Gateway, id: string): Promise<number> {
  const response = await fetch(`${url}/api/organiser/submissions/${id}/decision`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${organiserToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ stage: 'selection', outcome: 'passed', override: true, reason: 'A drill.' }),
  });
  return response.status;
}

async function receiptsIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'outbox'));
  return names
    .filter((name) => name.includes('.receipt'))
    .map((name) => name.replace(/(\.receipt).*/, '$1'))
    .sort();
}

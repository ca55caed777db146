import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  decodeFromPayloadsAtIndex,
  encodeToPayloads,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import type { EarlierInput } from '../../contract/lifecycle/upcast.ts';
import { paths } from '../../dev/histories/paths.ts';
import { testConverter } from '../../dev/test-keys.ts';
import { findWorkflowBundle } from '../../temporal/bundle/workflow-bundle.ts';
import { expectReplay } from '../support/histories.ts';
import '../support/quiet-sdk.ts';

type Saved = { name: string; workflowId: string; history: ReturnType<typeof historyFromJSON> };

const folder = new URL('./', import.meta.url);
const dataConverter = testConverter;
const converter = loadDataConverter(dataConverter);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** As `npm run histories` has written them: submissions of this version and, once one is released, of earlier ones. */
async function savedHistories(): Promise<Saved[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    files.map(async (name) => {
      const history = historyFromJSON(JSON.parse(await readFile(new URL(name, folder), 'utf8')));
      // What it says is encrypted for this workflow.
      const workflowId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId ?? '';
      return { name: name.replace(/\.json$/, ''), workflowId, history };
    }),
  );
}

/** The same submission, had an earlier version started it: without the fields that were added since. */
async function asStartedEarlier(saved: Saved): Promise<Saved> {
  const start = saved.history.events?.[0]?.workflowExecutionStartedEventAttributes;
  if (!start?.input) throw new Error(`${saved.name} was started without an input`);
  const { version: _, ...input } = await decodeFromPayloadsAtIndex<EarlierInput>(converter, 0, start.input.payloads);
  const { timeZone: __, whenClosed: ___, ...rules } = input.rules;
  start.input = { payloads: (await encodeToPayloads(converter, { ...input, rules })) ?? null };
  return saved;
}

test('there is a history for each path, and each replays', async () => {
  const histories = await savedHistories();

  expect(histories.map(({ name }) => name).sort()).toEqual(Object.keys(paths).sort());
  await expectReplay(histories, Object.keys(paths).length);
});

test('a submission that lacks the later fields of a call goes on as one that was started with their defaults', async () => {
  // Their calls have no other rules than the defaults.
  const others = ['closed-and-decided-automatically'];
  const histories = (await savedHistories()).filter(({ name }) => !others.includes(name));

  await expectReplay(await Promise.all(histories.map(asStartedEarlier)), Object.keys(paths).length - others.length);
});

/** As it stands when a timer has fired, and no worker has taken the task yet: for a replay, time stands still at the last task. */
function untilTimerFired({ history, ...saved }: Saved): Saved[] {
  const events = history.events ?? [];
  const firedAt = events.findIndex(({ timerFiredEventAttributes }) => timerFiredEventAttributes);
  return firedAt < 0 ? [] : [{ ...saved, history: { events: events.slice(0, firedAt + 2) } }];
}

test('a submission whose time has come replays before a worker has taken it up', async () => {
  const histories = (await savedHistories()).flatMap(untilTimerFired);
  // Outside of debug mode, a workflow that never yields is ended.
  const options = { workflowBundle: await findWorkflowBundle(), dataConverter, debugMode: false };

  const broken: unknown[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories))
    if (error) broken.push([workflowId, error]);

  expect(histories.length).toBeGreaterThan(5);
  expect(broken).toEqual([]);
});

/** What the recipes for a stage, a field of the call and a message change in the code of workflows. */
const recipes = [
  ['contract/stages.ts', "'selection'] as const", "'selection', 'jury'] as const"],
  ['contract/lifecycle/upcast.ts', "timeZone: 'UTC',", "timeZone: 'UTC',\n  seats: 40,"],
  ['contract/mail/releases.ts', "  'lapsed',\n", "  'lapsed',\n  'thanks',\n"],
  ['contract/lifecycle/steps.ts', 'releaseOf(outcome, state)) };', "releaseOf(outcome, state), 'thanks') };"],
] as const;

test('submissions go on under a version with another stage, field of the call and message, added by the recipes', async () => {
  const checkout = await mkdtemp(join(tmpdir(), `call-for-speakers-recipes-${process.pid}-`));
  for (const part of ['workflows', 'contract', 'package.json'])
    await cp(join(root, part), join(checkout, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
  for (const [file, from, to] of recipes) {
    const text = await readFile(join(checkout, file), 'utf8');
    expect(text.split(from)).toHaveLength(2);
    await writeFile(join(checkout, file), text.replace(from, to));
  }
  const workflowsPath = join(checkout, 'workflows/index.ts');
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  const histories = await savedHistories();

  const broken: unknown[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, dataConverter }, histories))
    if (error) broken.push([workflowId, error]);

  expect(broken).toEqual([]);
  await rm(checkout, { recursive: true });
});

test('a change of the workflow that running submissions would not survive is found', async () => {
  const workflowsPath = fileURLToPath(new URL('incompatible.ts', folder));
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  const histories = await savedHistories();

  const broken: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, dataConverter }, histories))
    if (error) broken.push(workflowId);

  expect(broken.sort()).toEqual(histories.map(({ workflowId }) => workflowId).sort());
});

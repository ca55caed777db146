import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { inBatches } from '../../contract/in-batches.ts';
import { carriedOf } from '../../contract/lifecycle/carried.ts';
import { conclusionOf, panelAtWork } from '../../contract/record.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import { createCommands } from '../../temporal/commands.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput } from '../support/fixtures.ts';
import { panelRules, scores } from '../support/people.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';
import { announce, decide, stateOf } from '../support/use-people.ts';

const server = useDevServer();
const people = Array.from({ length: 50 }, (_, index) => `Reviewer ${index}`);
const roundsOfReviews = 39;

/** As long as the API takes them, in characters of four bytes. */
const note = (round: number) => `${round}${'🎤'.repeat(2_000)}`.slice(0, 4_000);
const reason = '🎤'.repeat(1_000);

const day = 86_400_000;

async function sizesOf({ workflowId }: WorkflowHandle): Promise<number[]> {
  const { client } = server.env;
  const sizes: number[] = [];
  let next: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (next) {
    const run: WorkflowHandle = client.workflow.getHandle(workflowId, next);
    sizes.push((await run.describe()).historySize ?? Number.POSITIVE_INFINITY);
    const { events } = await run.fetchHistory();
    next = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return sizes;
}

test('50 people at every limit, 2,000 commands: no long history, and it is decided and ended with all texts', async () => {
  const id = anId(1);
  const commands = createCommands(server.env.client);
  const options = () => ({ deadline: deadlineIn(60_000) });

  const [kinds, sizes, carried, state] = await withWorker(server, async () => {
    const input = anInput({ id, rules: panelRules({ deadline: '60d' }), createdAt: new Date().toISOString() });
    await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
    const handle = server.env.client.workflow.getHandle(workflowIdOf(id));
    await expect.poll(async () => panelAtWork(await stateOf(handle)), { timeout: 30_000 }).toBeDefined();
    const kinds: string[] = [];
    for (let round = 1; round <= roundsOfReviews; round += 1) {
      const text = note(round);
      // A server takes ten commands of one workflow at a time.
      for (const some of inBatches(people, 5)) {
        const reviews = some.map((by) => commands.review(id, { by, scores, note: text, feedback: text }, options()));
        kinds.push(...(await Promise.all(reviews)).map(({ kind }) => kind));
      }
    }
    for (const [index, by] of people.entries()) {
      const due = new Date(Date.now() + (index + 30) * day).toISOString();
      kinds.push((await commands.reschedule(id, { by, due, reason }, options())).kind);
    }
    const carried = JSON.stringify(carriedOf(await stateOf(handle)));
    await decide(handle, 'passed');
    await announce(handle);
    await handle.result();
    return [kinds, await sizesOf(handle), carried, await stateOf(handle)];
  });
  const recorded = await server.store.list.find(id, everything);

  process.stdout.write(`runs ${sizes.length}, longest ${Math.max(...sizes)}, carried ${Buffer.byteLength(carried)}\n`);
  expect(kinds).toEqual(Array(2_000).fill('done'));
  expect(Math.max(...sizes)).toBeLessThan(10_000_000);
  expect(Buffer.byteLength(carried)).toBeLessThan(500_000);
  expect(conclusionOf(state)).toEqual({ kind: 'accepted' });
  const last = note(roundsOfReviews);
  const texts = recorded?.state.reviews?.map(({ by, note, feedback }) => [by, note === last, feedback === last]);
  expect(texts?.sort()).toEqual(people.map((by) => [by, true, true]).sort());
}, 400_000);

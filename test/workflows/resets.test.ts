import { readdir } from 'node:fs/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { panelAtWork } from '../../contract/record.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { submissionIdOf, workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { openDatabase } from '../../store/database.ts';
import { TemporalUnavailableError } from '../../temporal/bounded-calls.ts';
import { createCommands } from '../../temporal/commands.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput } from '../support/fixtures.ts';
import { attendance, panelRules, scores } from '../support/people.ts';
import { reappliedWith, resets } from '../support/reset.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, overrule, review, stateOf } from '../support/use-people.ts';

const server = useDevServer();
let seed = 0;

/** With two reviews. */
async function startPanel(): Promise<WorkflowHandle> {
  seed += 1;
  const id = anId(seed);
  const input = anInput({ id, rules: panelRules({}, { attendance }), createdAt: new Date().toISOString() });
  await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
  server.started.add(workflowIdOf(id));
  const handle = server.env.client.workflow.getHandle(workflowIdOf(id));
  await expect.poll(async () => panelAtWork(await stateOf(handle))).toBeDefined();
  await review(handle, 'Rita');
  await review(handle, 'Rolf');
  return handle;
}

async function accepted(): Promise<WorkflowHandle> {
  const handle = await startPanel();
  await decide(handle, 'passed');
  await announce(handle);
  await expect.poll(async () => (await stateOf(handle)).course.at).toBe('accepted');
  return handle;
}

async function ended(outcome: 'confirmed' | 'rejected'): Promise<WorkflowHandle> {
  if (outcome === 'rejected') {
    const handle = await startPanel();
    await decide(handle, 'rejected');
    await announce(handle);
    await handle.result();
    return handle;
  }
  const handle = await accepted();
  await answer(handle, 'confirmed');
  await handle.result();
  return handle;
}

/** By way of the gateway's port, which has a workflow that was reset read its record. */
const decideOtherwise = (handle: WorkflowHandle) =>
  createCommands(server.env.client).decide(
    idOf(handle),
    { by: 'Otto', stage: 'selection', outcome: 'rejected', ...overrule },
    { deadline: deadlineIn(20_000) },
  );

function idOf({ workflowId }: WorkflowHandle) {
  const id = submissionIdOf(workflowId);
  if (!id) throw new Error(`${workflowId} is of no submission`);
  return id;
}

/** What everybody has been told: on record, in the ledger, in the mail; and what a poller reads. */
async function toldOf(handle: WorkflowHandle) {
  const db = openDatabase(server.location, () => undefined);
  const id = idOf(handle);
  const record = await db.selectFrom('submissions').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  const messages = await db.selectFrom('messages').select(['id', 'state']).where('submission_id', '=', id).execute();
  await db.destroy();
  const sent = (await readdir(server.outbox)).filter((file) => file.startsWith(id)).sort();
  const state = JSON.parse(record.state, withoutReplayedInstant);
  return { state, messages, sent, status: await handle.query(publicStatusQuery) };
}

/** The clock that a workflow sees after a local activity may differ by milliseconds when it is replayed. */
function withoutReplayedInstant(key: string, value: unknown): unknown {
  return key === 'decidedAt' || key === 'since' || key === 'changedAt' ? undefined : value;
}

describe.each(reappliedWith)("an operator's reset to any point, %s", (reapplied) => {
  test.each(['confirmed', 'rejected'] as const)(
    'of one that has ended %s: it ends so again, and nothing is told',
    async (outcome) => {
      const [before, after] = await withWorker(server, async () => {
        const handle = await ended(outcome);
        await expect
          .poll(async () => (await toldOf(handle)).messages.filter(({ state }) => state !== 'sent'))
          .toEqual([]);
        const before = await toldOf(handle);
        const after: unknown[] = [];
        for await (const _ of resets(server, handle, reapplied)) {
          const decided = await decideOtherwise(handle);
          const result = await handle.result();
          after.push([decided, result, await toldOf(handle)]);
        }
        return [before, after];
      });

      const { result } = before.status;
      expect(result).toEqual(outcome === 'confirmed' ? { outcome: 'accepted', attendance: 'confirmed' } : { outcome });
      expect(after.length).toBeGreaterThanOrEqual(5);
      expect(after).toEqual(after.map(() => [{ kind: 'over' }, { outcome: result?.outcome }, before]));
    },
  );

  test('of one that awaits the answer: it awaits it still', async () => {
    const [before, after, confirmed] = await withWorker(server, async () => {
      const handle = await accepted();
      await expect
        .poll(async () => (await toldOf(handle)).messages.filter(({ state }) => state !== 'sent'))
        .toEqual([]);
      const before = await toldOf(handle);
      const after: unknown[] = [];
      for await (const _ of resets(server, handle, reapplied))
        after.push([await decideOtherwise(handle), await toldOf(handle)]);
      const confirmed = await answer(handle, 'confirmed');
      await handle.result();
      return [before, after, confirmed];
    });

    expect(before.status.result).toEqual({ outcome: 'accepted', attendance: 'awaited' });
    expect(after.length).toBeGreaterThanOrEqual(5);
    expect(after).toEqual(after.map(() => [{ kind: 'over' }, before]));
    expect(confirmed.result).toEqual({ outcome: 'accepted', attendance: 'confirmed' });
  });

  test('of one in a panel: the reviews on record count', async () => {
    const [before, after, decided] = await withWorker(server, async () => {
      const handle = await startPanel();
      const [before] = (await stateOf(handle)).reviews ?? [];
      const after: unknown[] = [];
      await expect.poll(async () => (await toldOf(handle)).state.reviews?.length).toBe(2);
      for await (const _ of resets(server, handle, reapplied)) {
        const given = { deadline: deadlineIn(20_000) };
        after.push(await createCommands(server.env.client).review(idOf(handle), { by: 'Rita', scores }, given));
      }
      const decided = await decide(handle, 'rejected');
      return [before, after, decided];
    });

    expect(after.length).toBeGreaterThan(2);
    expect(after).toEqual(after.map(() => ({ kind: 'done', value: before })));
    expect(decided).toMatchObject({ reasons: [{ detail: 'Decided by an organiser, with 2 reviews.' }] });
  });
});

test('while its record is out of reach, commands to one that was reset are refused, and can be repeated', async () => {
  const gone = async () => Promise.reject(new Error('the database is away'));
  const handle = await withWorker(server, startPanel);
  const reviewed = (milliseconds: number) =>
    createCommands(server.env.client).review(
      idOf(handle),
      { by: 'Rita', scores },
      { deadline: deadlineIn(milliseconds) },
    );
  await resets(server, handle, 'and nothing again').next();

  const refused = await withWorker(server, () => reviewed(1_500).catch((error: unknown) => error), {
    activities: { record: gone, recordFromWorkflow: gone },
  });
  const [taken, state] = await withWorker(server, async () => [await reviewed(60_000), await stateOf(handle)]);

  expect(refused).toBeInstanceOf(TemporalUnavailableError);
  expect(taken).toMatchObject({ kind: 'done', value: { by: 'Rita', scores } });
  expect(state.reviews?.map(({ by }) => by)).toEqual(['Rita', 'Rolf']);
});

testThatHistoriesReplay(server, 9);

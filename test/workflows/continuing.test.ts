import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { attendanceOf, panelAtWork } from '../../contract/record.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { publicStatusQuery, recordQuery } from '../../contract/workflow/queries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { everything } from '../../store/sight.ts';
import { createCommands } from '../../temporal/commands.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput, aSubmission } from '../support/fixtures.ts';
import { expectReplay, type History } from '../support/histories.ts';
import { attendance, panelRules, scores } from '../support/people.ts';
import { useDevServerWith, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, stateOf } from '../support/use-people.ts';

/** Far fewer than a server suggests by itself. */
const suggested = 30;
const server = useDevServerWith({ 'limit.historyCount.suggestContinueAsNew': suggested });
const reviewers = Array.from({ length: 20 }, (_, index) => `Reviewer ${index}`);
const rounds = 3;
const patience = { timeout: 30_000 };

async function start(id: SubmissionId): Promise<WorkflowHandle> {
  const input = anInput({ id, rules: panelRules({}, { attendance }), createdAt: new Date().toISOString() });
  await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
  const handle = server.env.client.workflow.getHandle(workflowIdOf(id));
  await expect.poll(async () => panelAtWork(await stateOf(handle)), patience).toBeDefined();
  return handle;
}

async function runsOf({ workflowId }: WorkflowHandle): Promise<History[]> {
  const { client } = server.env;
  const runs: History[] = [];
  const { runId } = await client.workflow.getHandle(workflowId).describe();
  for (let next: string | null | undefined = runId; next; ) {
    const history: Awaited<ReturnType<WorkflowHandle['fetchHistory']>> = await client.workflow
      .getHandle(workflowId, next)
      .fetchHistory();
    runs.push({ workflowId, history });
    next = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  }
  return runs;
}

test('a submission with many commands goes on in new runs; none is lost, refused, or done twice', async () => {
  const id = anId(1);
  const commands = createCommands(server.env.client);
  const give = (by: string, round: number, attempt: number) =>
    commands.review(
      id,
      { by, scores, note: `${round} of ${by}` },
      { deadline: deadlineIn(60_000), key: `${by} ${round} ${attempt}` },
    );

  const [answers, again, state, memo, status, runs] = await withWorker(server, async () => {
    const handle = await start(id);
    for (let round = 1; round < rounds; round += 1) await Promise.all(reviewers.map((by) => give(by, round, 1)));
    const answers = await Promise.all(reviewers.map((by) => give(by, rounds, 1)));
    const again = await Promise.all(reviewers.map((by) => give(by, rounds, 2)));
    const state = await stateOf(handle);
    await decide(handle, 'passed');
    await announce(handle);
    await expect.poll(async () => attendanceOf(await stateOf(handle)), patience).toBeDefined();
    await expect.poll(async () => (await runsOf(handle)).length, patience).toBeGreaterThan(3);
    const { memo } = await handle.describe();
    const status = await handle.query(publicStatusQuery);
    await answer(handle, 'confirmed');
    await handle.result();
    return [answers, again, state, memo, status, await runsOf(handle)];
  });
  const audit = (await server.store.audit.after(undefined, 200, everything)).map(
    ({ by, command }) => `${by} ${command}`,
  );

  expect(answers.map(({ kind }) => kind)).toEqual(reviewers.map(() => 'done'));
  expect(again.map(({ kind }) => kind)).toEqual(reviewers.map(() => 'done'));
  expect(state.reviews?.map(({ by }) => by).sort()).toEqual([...reviewers].sort());
  // None of the repeated ones counts. The audit may have more lines: those of tasks that the server threw away.
  for (const by of reviewers)
    expect(audit.filter((line) => line === `${by} review`).length).toBeGreaterThanOrEqual(rounds);
  expect(state.lastCommand).toBe(rounds * reviewers.length);
  expect(audit.filter((line) => !line.endsWith('review'))).toEqual([
    'Olga decide',
    'Olga announce',
    'speaker attendance',
  ]);
  expect(memo).toEqual({ publicStatus: status, fingerprint: 'fingerprint' });
  expect(status.result).toEqual({ outcome: 'accepted', attendance: 'awaited' });
  await expectReplay(runs, 4);
});

test('H37: one that is edited again and again goes on in new runs, with the text that stands, and all versions on record', async () => {
  const id = anId(2);
  const commands = createCommands(server.env.client);
  const titles = Array.from({ length: 15 }, (_, index) => `Title ${index}`);

  const [answers, state, submission, versions, runs] = await withWorker(server, async () => {
    const handle = await start(id);
    const answers: unknown[] = [];
    for (const title of titles)
      answers.push(await commands.edit(id, { submission: aSubmission({ title }) }, { deadline: deadlineIn(60_000) }));
    await expect.poll(async () => (await runsOf(handle)).length, patience).toBeGreaterThan(2);
    const onRecord = async () => {
      const item = await server.store.list.find(id, everything);
      return item ? server.store.versions.of(item) : [];
    };
    await expect.poll(async () => (await onRecord()).length, patience).toBe(1 + titles.length);
    const { submission } = await handle.query(recordQuery);
    return [answers, await stateOf(handle), submission, await onRecord(), await runsOf(handle)];
  });

  expect(answers).toEqual(titles.map((_, index) => ({ kind: 'done', value: { edition: index + 2 } })));
  expect(submission.title).toBe(titles.at(-1));
  expect(state.edits).toHaveLength(titles.length);
  expect(versions.map((version) => version.submission.title)).toEqual([aSubmission().title, ...titles]);
  await expectReplay(runs, 2);
});

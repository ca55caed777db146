import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { withRecords } from '../../../api/status/recorded-submissions.ts';
import type { StatusSource } from '../../../api/status/status-source.ts';
import { temporalSource } from '../../../api/status/temporal-source.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { isTerminal } from '../../../contract/http/statuses.ts';
import { publicStatusQuery } from '../../../contract/workflow/queries.ts';
import { submissionIdOf } from '../../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import { createSubmissions } from '../../../temporal/submissions.ts';
import { anId } from '../../support/fixtures.ts';
import { attendance, panelRules } from '../../support/people.ts';
import { resetToFirstTask } from '../../support/reset.ts';
import { starterOn } from '../../support/starter.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../../support/temporal.ts';
import { announce, answer, decide, review, stateOf } from '../../support/use-people.ts';

const server = useDevServer();
const patience = { timeout: 30_000 };
const start = starterOn(server);

/** Temporal as a gateway reads it that has read nothing yet, and how often it has queried. No copies: each poll is a renewal. */
function aReader() {
  const asked = { queries: 0 };
  const { describe, queryStatus } = createSubmissions(server.env.client);
  const source = temporalSource({
    describe,
    queryStatus: (...given) => {
      asked.queries += 1;
      return queryStatus(...given);
    },
  });
  return { asked, source };
}

async function read(source: StatusSource, { workflowId }: WorkflowHandle) {
  const reading = await source.read(submissionIdOf(workflowId) ?? anId(0), deadlineIn(10_000));
  if (reading.kind !== 'found') throw new Error(reading.kind);
  return reading.status;
}

/** Polls one submission as long as the function runs. Returns each status that it saw, one after the other. */
async function polling(source: StatusSource, handle: WorkflowHandle, run: () => Promise<unknown>) {
  const seen: StatusDocument[] = [];
  let [polls, isOver] = [0, false];
  const poller = (async () => {
    for (let isLast = false; !isLast; await delay(5)) {
      isLast = isOver;
      const status = await read(source, handle);
      polls += 1;
      if (JSON.stringify(status) !== JSON.stringify(seen.at(-1))) seen.push(status);
    }
  })();
  try {
    await run();
  } finally {
    isOver = true;
    await poller;
  }
  return { seen, polls };
}

/** Where nothing is under way: what the workflow answers, what its memo holds, and what gateways read. */
async function atRest(handle: WorkflowHandle, polled?: StatusSource) {
  await expect
    .poll(async () => {
      const { raw } = await handle.describe();
      return [raw.pendingWorkflowTask, raw.pendingActivities];
    }, patience)
    .toEqual([null, []]);
  const { memo, historyLength } = await handle.describe();
  const sources = [aReader().source, ...(polled ? [polled] : [])];
  const readings = await Promise.all(sources.map((source) => read(source, handle)));
  return { historyLength, answer: await handle.query(publicStatusQuery), others: [memo?.publicStatus, ...readings] };
}

const untilIn = (handle: WorkflowHandle, isThere: (status: StatusDocument) => boolean) =>
  expect.poll(async () => isThere(await handle.query(publicStatusQuery)), patience).toBe(true);

const inSelection = (handle: WorkflowHandle) =>
  expect.poll(async () => (await handle.describe()).searchAttributes.SubmissionStage, patience).toEqual(['selection']);

test.each(['progress', 'until-announced'] as const)(
  'H19: with "%s", the polls of a whole life cost at most 1.2 queries for each public change, and none for others',
  async (disclosure) => {
    const { asked, source } = aReader();
    const rests: Awaited<ReturnType<typeof atRest>>[] = [];
    const [polled, internal] = await withWorker(server, async () => {
      const handle = await start(panelRules({}, { attendance, disclosure }));
      const rest = async () => rests.push(await atRest(handle, source));
      let internal = 0;
      const polled = await polling(source, handle, async () => {
        await inSelection(handle);
        await rest();
        for (let number = 1; number <= 10; number += 1) await review(handle, `Reviewer ${number}`);
        await rest();
        await decide(handle, 'rejected');
        await rest();
        const replaces = (await stateOf(handle)).verdicts.at(-1)?.number ?? 0;
        await decide(handle, 'passed', { replaces, reason: 'On second thoughts.' });
        internal = await rest();
        await announce(handle);
        await untilIn(handle, isTerminal);
        await rest();
        await answer(handle, 'confirmed');
        await handle.result();
        await rest();
      });
      return [polled, internal];
    });

    for (const { answer, others } of rests) expect(others).toEqual([answer, answer, answer]);
    expect(new Set(rests.map(({ historyLength }) => historyLength)).size).toBe(rests.length);
    expect(new Set(rests.slice(0, internal).map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(polled.seen.slice(-2).map(({ result }) => result?.attendance)).toEqual(['awaited', 'confirmed']);
    expect(polled.polls).toBeGreaterThan(5 * polled.seen.length);
    expect(asked.queries).toBeGreaterThan(0);
    expect(asked.queries).toBeLessThanOrEqual(1.2 * polled.seen.length);
  },
);

test('H2, H14: a gateway that has read a status tells nothing earlier while its workflow is reset and catches up', async () => {
  const log = { error: () => undefined };
  const { source } = withRecords(createSubmissions(server.env.client), server.store.records, log);
  const [seen, told] = await withWorker(server, async () => {
    const handle = await start(panelRules({}, { attendance }));
    await inSelection(handle);
    await decide(handle, 'passed', { override: true, reason: 'The printer waits.' });
    await announce(handle);
    await untilIn(handle, isTerminal);
    const told = await atRest(handle, source);
    const { seen } = await polling(source, handle, async () => {
      await resetToFirstTask(server, handle);
      await atRest(handle);
      await untilIn(handle, isTerminal);
    });
    await answer(handle, 'confirmed');
    await handle.result();
    return [seen, told];
  });

  expect(seen).toEqual([told.answer]);
});

testThatHistoriesReplay(server, 3);

import { expect, test } from 'vitest';
import { rulesOf } from '../../contract/call/call.ts';
import { publicStatusQuery } from '../../contract/workflow/queries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { anId, anInput, aSlowCall } from '../support/fixtures.ts';
import { type History, historiesOf } from '../support/histories.ts';
import { testThatHistoriesReplay, useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();

/** Names of the events of a history, as Temporal's API numbers them. */
const [taskScheduled, taskCompleted, marker] = [5, 7, 25];

test('submissions that are polled while their first step is recorded wait as long as they are told to', async () => {
  const handles = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const id = anId(index + 1);
      const rules = rulesOf(aSlowCall(`${1 + index * 10}ms`));
      const input = anInput({ id, rules, createdAt: new Date().toISOString() });
      await createSubmissions(server.env.client).start(input, deadlineIn(10_000));
      server.started.add(workflowIdOf(id));
      return server.env.client.workflow.getHandle(workflowIdOf(id));
    }),
  );
  // The queries wait for the workers with the first task of each, and are answered with it.
  const polled = Promise.all(handles.map((handle) => handle.query(publicStatusQuery)));
  await withWorker(server, async () => {
    await polled;
    await Promise.all(handles.map((handle) => handle.result()));
  });

  const ids = handles.map(({ workflowId }) => workflowId);
  const histories = await historiesOf(server.env.client, ids);
  // Else nothing has been tried: the answer was sent before the first step had gone on.
  expect(histories.filter(isAnsweredBetween).length).toBeGreaterThan(0);
});

/** The first task ended while a local activity ran, or right after, and the next one began at once. */
function isAnsweredBetween({ history }: History): boolean {
  const types = (history as { events: { eventType: number }[] }).events.map(({ eventType }) => eventType);
  const [first, second] = types.slice(types.indexOf(taskCompleted) + 1);
  return first === taskScheduled || (first === marker && second === taskScheduled);
}

testThatHistoriesReplay(server, 30);

import { expect, test } from 'vitest';
import { deliveryIdOf } from '../../contract/workflow/deliveries.ts';
import { workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { createSubmissions } from '../../temporal/submissions.ts';
import { wakeDelivery } from '../../temporal/workflows/wake-delivery.ts';
import { anId, anInput } from '../support/fixtures.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';

const server = useDevServer();

test('a submission is taken up before the deliveries that were waiting, though it came after them', async () => {
  const { client } = server.env;
  const waiting = Array.from({ length: 100 }, (_, at) => anId(100 + at));
  const firstTaskOf = async (workflowId: string) => {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    const started = events?.find(({ workflowTaskStartedEventAttributes }) => workflowTaskStartedEventAttributes);
    const { seconds, nanos } = started?.eventTime ?? {};
    return Number(seconds) + (nanos ?? 0) / 1e9;
  };
  for (const id of waiting) await wakeDelivery(client, id);
  await createSubmissions(client).start(
    anInput({ id: anId(1), createdAt: new Date().toISOString() }),
    deadlineIn(10_000),
  );

  await withWorker(
    server,
    async () => {
      await client.workflow.getHandle(workflowIdOf(anId(1))).result();
      await Promise.all(waiting.map((id) => client.workflow.getHandle(deliveryIdOf(id)).result()));
    },
    { maxConcurrentWorkflowTaskExecutions: 2 },
  );

  const own = await firstTaskOf(workflowIdOf(anId(1)));
  const others = await Promise.all(waiting.map((id) => firstTaskOf(deliveryIdOf(id))));
  // The polls that are open already take one each.
  expect(others.filter((at) => at < own).length).toBeLessThan(waiting.length / 2);
});

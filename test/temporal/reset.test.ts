import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { messageStates } from '../../contract/mail/message.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { reconciliation, taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { everything } from '../../store/sight.ts';
import { post, problemOf, problemType, statusOf, submittedOf } from '../support/app.ts';
import { anId, aRequest, tokens } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { aPanelCall, attendance } from '../support/people.ts';
import { resetToFirstTask } from '../support/reset.ts';
import { databases } from '../support/stores.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';

describe.each(databases)('an operator’s reset, with the %s database', (kind) => {
  const server = useDevServer(kind);
  const { aGateway, submitTo, withdraw, poll, untilTerminal, pathOf } = useGateways(server);

  const idOf = (id: string) => parseSubmissionId(id) ?? anId(0);

  async function messagesAbout(id: string): Promise<string[]> {
    const messages = await server.store.messages.after(undefined, messageStates, 1_000, everything);
    return messages.filter(({ submission_id }) => submission_id === id).map(({ release }) => release);
  }

  const reconcile = () =>
    server.env.client.workflow.execute(reconciliation, {
      taskQueue,
      workflowId: `${reconciliation}-${crypto.randomUUID()}`,
    });

  test.each(['accepted', 'rejected'] as const)(
    'H14: of one that was told that it is %s tells nothing else',
    async (told) => {
      const app = aGateway({ isProved: true });
      const selecting =
        (outcome: 'passed' | 'rejected'): typeof server.activities.select =>
        async (...given) => ({ ...(await server.activities.select(...given)), outcome });
      const [first, second] =
        told === 'accepted' ? (['passed', 'rejected'] as const) : (['rejected', 'passed'] as const);
      const [submitted, before] = await withWorker(
        server,
        async () => {
          const submitted = await submitTo(app);
          const before = await untilTerminal(app, submitted.id);
          await submitted.handle.result();
          return [submitted, before];
        },
        { activities: { select: selecting(first) } },
      );
      const record = await server.store.records.standing(idOf(submitted.id));

      await resetToFirstTask(server, submitted.handle);
      const after = await withWorker(
        server,
        async () => {
          await submitted.handle.result();
          await reconcile();
          return statusOf(await aGateway().request(pathOf(submitted.id)));
        },
        { activities: { select: selecting(second) } },
      );

      expect(before.result?.outcome).toBe(told);
      expect(after).toEqual(before);
      expect(await messagesAbout(submitted.id)).toEqual([told]);
      expect((await server.store.records.standing(idOf(submitted.id)))?.state.course).toEqual(record?.state.course);
    },
  );

  test('H2, H14: at no door is a status that was told taken back, before the workflow has caught up', async () => {
    const app = aGateway({ call: aPanelCall({}, { attendance }) });
    const key = { 'Idempotency-Key': 'before-the-reset' };
    const organiser = async (method: string, path: string, content: object) =>
      app.request(`/api/organiser${path}`, {
        method,
        headers: { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(content),
      });
    const [accepted, inPanel, told] = await withWorker(server, async () => {
      const [accepted, inPanel] = [await submitTo(app, aRequest(), key), await submitTo(app)];
      for (const { id } of [accepted, inPanel]) await poll(app, id, ({ stage }) => stage === 'selection');
      const decision = { stage: 'selection', outcome: 'passed', override: true, reason: 'The printer waits.' };
      while ((await organiser('PUT', `/submissions/${accepted.id}/decision`, decision)).status !== 200) await turn();
      await organiser('POST', '/announcements', { submissions: [accepted.id] });
      await poll(app, accepted.id, ({ result }) => result?.attendance === 'awaited');
      const isOnRecord = async () =>
        (await server.store.records.standing(idOf(accepted.id)))?.state.course.at === 'accepted' &&
        (await server.store.records.standing(idOf(inPanel.id)))?.state.course.at === 'stage';
      while (!(await isOnRecord())) await turn();
      const told = [accepted, inPanel].map(async ({ id }) => statusOf(await aGateway().request(pathOf(id))));
      return [accepted, inPanel, await Promise.all(told)];
    });

    for (const { handle } of [accepted, inPanel]) await resetToFirstTask(server, handle);

    const fresh = () => aGateway({ call: aPanelCall({}, { attendance }) });
    const polls = [accepted, inPanel].map(async ({ id }) => statusOf(await fresh().request(pathOf(id))));
    expect(await Promise.all(polls)).toEqual(told);
    expect(await submittedOf(await post(fresh(), aRequest(), key))).toEqual(told[0]);
    const refused = await withdraw(fresh(), accepted);
    expect(await problemOf(refused)).toMatchObject({ status: 409, type: problemType('submission-concluded') });
    for (const { handle } of [accepted, inPanel]) await handle.terminate();
  });
});

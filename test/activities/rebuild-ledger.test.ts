import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { rescheduleUpdate } from '../../contract/workflow/commands.ts';
import type { ClosingInput } from '../../contract/workflow/operation-workflows.ts';
import { reconciliation, taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { startSmtp } from '../../dev/stand-ins/smtp.ts';
import { createMessageSender } from '../../messages/message-sender.ts';
import { openStore, type Store } from '../../store/store.ts';
import { giveCommand } from '../../temporal/give-command.ts';
import { createWorkflows } from '../../temporal/workflows.ts';
import { anId, aRequest, messageIdIn } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { aPanelCall, attendance } from '../support/people.ts';
import { createDatabase } from '../support/stores.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';
import { announce, answer, decide, overrule } from '../support/use-people.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'call-for-speakers-ledger-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** As an operator runs it, but for the check of what is installed. */
function npm(command: 'backup' | 'restore', location: string, file: string) {
  const options = { cwd: root, env: { ...process.env, DATA_DIR: dirname(location), DATABASE_URL: '' } };
  return promisify(execFile)('npm', ['run', '--silent', '--ignore-scripts', command, '--', file], options);
}

describe('after a restore', () => {
  const server = useDevServer();
  const { aGateway, submitTo, poll } = useGateways(server);
  const perhapsSent = (id: string) => ({
    state: 'parked',
    detail: expect.stringContaining(`it was perhaps sent. Search the mail server's log for <${id}@example.org>`),
  });

  test('messages that were sent since the backup are back in the ledger, count, and are not sent again', async () => {
    const database = await createDatabase();
    const smtp = await startSmtp((to) => (to.startsWith('waits') ? { at: 'rcpt', code: 451 } : 'take'));
    const file = join(folder, 'backup');
    const sender = createMessageSender({ smtpUrl: smtp.url, outbox: server.outbox, linkOf: String });
    const during = async <Value>(run: (store: Store) => Promise<Value>): Promise<Value> => {
      const store = openStore(database.location, () => undefined);
      await store.migrate();
      const activities = createActivities({ store, workflows: createWorkflows(server.env.client), sender });
      const value = await withWorker(server, () => run(store), { activities });
      await store.close();
      return value;
    };
    const reconcile = (): Promise<unknown> =>
      server.env.client.workflow.execute(reconciliation, { taskQueue, workflowId: `reconcile-${crypto.randomUUID()}` });
    const until = async (isTrue: () => Promise<boolean>) => {
      while (!(await isTrue())) await turn();
    };
    const idOf = (id: string) => parseSubmissionId(id) ?? anId(0);
    const letterTo = (id: string) => messageIdIn(`${id}.accepted.email`);
    const noticeOf = (id: string) => messageIdIn(`${id}.decision-due.outbox`);
    const stateOf = async (store: Store, id: string) => (await store.messages.find(letterTo(id)))?.state;

    const [before, waits, after, late] = await during(async (store) => {
      const app = aGateway({ call: aPanelCall({}, { attendance }), store, isProved: true });
      const accept = async (name: string) => {
        const submitted = await submitTo(app, aRequest({ speaker: { name, email: `${name}@example.net` } }));
        await poll(app, submitted.id, ({ stage }) => stage === 'selection');
        await decide(submitted.handle, 'passed', overrule);
        return submitted;
      };
      const confirm = async ({ id, handle }: Awaited<ReturnType<typeof accept>>) => {
        await poll(app, id, ({ result }) => result?.outcome === 'accepted');
        await answer(handle, 'confirmed');
        await handle.result();
      };
      const [before, waits] = [await accept('before'), await accept('waits')];
      const late = await submitTo(app);
      await poll(app, late.id, ({ stage }) => stage === 'selection');
      await until(async () => (await store.records.find(idOf(late.id))).kind === 'found');
      await announce(before.handle);
      await confirm(before);
      await until(async () => (await stateOf(store, before.id)) === 'sent');
      await until(
        async () => (await store.ongoing.listed()).filter(({ awaits }) => awaits === 'announcement').length === 1,
      );
      await reconcile();
      await npm('backup', database.location, file);
      const after = await accept('after');
      for (const { handle } of [waits, after]) await announce(handle);
      await confirm(after);
      await until(async () => (await stateOf(store, after.id)) === 'sent');
      await until(async () => (await store.messages.find(letterTo(waits.id)))?.postponed === 1);
      // Told to the organisers, who are still awaited for the same.
      const due = new Date(Date.now() + 1_000).toISOString();
      await giveCommand(late.handle, rescheduleUpdate, { args: [{ by: 'Olga', due }] });
      await until(async () => (await store.messages.find(noticeOf(late.id)))?.state === 'sent');
      return [before, waits, after, late];
    });
    await npm('restore', database.location, file);

    const [ledger, closed] = await during(async (store) => {
      await reconcile();
      const ids = [...[before, waits, after].map(({ id }) => letterTo(id)), noticeOf(late.id)];
      const ledger = await Promise.all(ids.map((id) => store.messages.find(id)));
      await answer(waits.handle, 'confirmed');
      await waits.handle.result();
      const person = { name: 'Olga', role: 'organiser' } as const;
      const input: ClosingInput = { id: 'of-the-test', createdAt: new Date().toISOString(), by: 'Olga', person };
      const closing = await server.env.client.workflow.start('closing', {
        args: [input],
        taskQueue,
        workflowId: 'closing-of-the-test',
      });
      await closing.result();
      return [ledger, (await closing.describe()).memo?.operation];
    });

    expect(ledger).toMatchObject([
      { state: 'sent' },
      perhapsSent(letterTo(waits.id)),
      perhapsSent(letterTo(after.id)),
      { state: 'parked', detail: expect.stringContaining(`Search its receiver for ${noticeOf(late.id)}.`) },
    ]);
    expect(closed).toMatchObject({ status: 'Failed', error: { code: 'undelivered-answers' } });
    const accepted = smtp.received.map(({ messageId }) => messageId).filter((id) => id?.includes('.accepted.'));
    expect(accepted).toEqual([before, after].map(({ id }) => `<${letterTo(id)}@example.org>`));
    await smtp.close();
    await database.remove();
  });
});

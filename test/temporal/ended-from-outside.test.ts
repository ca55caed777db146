import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { messageStates } from '../../contract/mail/message.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { reconciliation, taskQueue } from '../../contract/workflow/workflow-ids.ts';
import { everything } from '../../store/sight.ts';
import { problemOf, problemType, statusOf } from '../support/app.ts';
import { anId, aSlowCall, tokens } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { aPanelCall, attendance, scores } from '../support/people.ts';
import { databases } from '../support/stores.ts';
import { useDevServer, withWorker } from '../support/temporal.ts';

/** Without the contact's domain, and the channel's ending. */
const nameOf = (file: string) => file.replace(/@example\.org\.eml$|\.outbox\.json$/, '');

describe.each(databases)('a submission that was ended from outside, with the %s database', (kind) => {
  const server = useDevServer(kind);
  const { aGateway, submitTo, withdraw, poll, pathOf } = useGateways(server);
  type App = ReturnType<typeof aGateway>;

  const idOf = (id: string) => parseSubmissionId(id) ?? anId(0);
  const inPanel = () => aGateway({ call: aPanelCall({}, { attendance }), isProved: true });

  const asked = (app: App, token: string, method: string, path: string, content?: object) =>
    app.request(path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(content && { 'Content-Type': 'application/json' }) },
      ...(content && { body: JSON.stringify(content) }),
    });
  const byOrganiser = async (app: App, method: string, path: string, content?: object) =>
    asked(app, tokens.organiser, method, `/api/organiser${path}`, content);

  const reconcile = () =>
    server.env.client.workflow.execute(reconciliation, {
      taskQueue,
      workflowId: `${reconciliation}-${crypto.randomUUID()}`,
    });

  /** Everything that was sent about a submission. */
  async function sentAbout(id: string): Promise<string[]> {
    const messages = await server.store.messages.after(undefined, messageStates, 1_000, everything);
    const own = messages.filter(({ submission_id }) => submission_id === id);
    while ((await filesAbout(id)).length < own.length) await turn();
    return (await filesAbout(id)).map((file) => nameOf(file).slice(id.length + 1)).sort();
  }

  async function filesAbout(id: string): Promise<string[]> {
    const files = await readdir(server.outbox);
    return files.filter((file) => file.startsWith(id) && !file.endsWith('.part'));
  }

  const terminatedBy = (handle: WorkflowHandle, identity: string, reason: string) =>
    server.env.client.workflowService.terminateWorkflowExecution({
      namespace: server.env.client.options.namespace,
      workflowExecution: { workflowId: handle.workflowId },
      identity,
      reason,
    });

  /** Accepted and announced; the speaker has to answer. */
  async function anAccepted(app: App) {
    const submitted = await submitTo(app);
    await poll(app, submitted.id, ({ stage }) => stage === 'selection');
    const path = `/submissions/${submitted.id}`;
    const decision = { stage: 'selection', outcome: 'passed', override: true, reason: 'The printer waits.' };
    while ((await byOrganiser(app, 'PUT', `${path}/decision`, decision)).status !== 200) await turn();
    await byOrganiser(app, 'POST', '/announcements', { submissions: [submitted.id] });
    await poll(app, submitted.id, ({ result }) => result?.attendance === 'awaited');
    while (!(await isConcluded(submitted.id))) await turn();
    return submitted;
  }

  async function isConcluded(id: string): Promise<boolean> {
    const found = await server.store.records.find(idOf(id));
    return found.kind === 'found' && found.isConcluded;
  }

  test('is told to its speaker and the organisers, once', async () => {
    const app = inPanel();
    const [id, sent, mail] = await withWorker(server, async () => {
      const { id, handle } = await submitTo(app);
      await poll(app, id, ({ stage }) => stage === 'selection');
      await handle.terminate('by an operator');

      await Promise.all([reconcile(), reconcile()]);
      await reconcile();

      const sent = await sentAbout(id);
      const mail = await readFile(join(server.outbox, `${id}.not-processed.email@example.org.eml`), 'utf8');
      return [id, sent, mail];
    });

    expect(sent).toEqual(['failed', 'not-processed.email']);
    expect(mail).toContain('could not process');
    expect(await server.store.records.find(idOf(id))).toMatchObject({
      isOver: true,
      status: { status: 'Failed', error: { code: 'processing-stopped' } },
    });
  });

  test('takes no more commands: each is 409, and it can still be read, with a record or without', async () => {
    const app = inPanel();
    const [read, answers, readAgain] = await withWorker(server, async () => {
      const submitted = await submitTo(app);
      const { id, handle } = submitted;
      await poll(app, id, ({ stage }) => stage === 'selection');
      while ((await server.store.records.find(idOf(id))).kind !== 'found') await turn();
      await handle.terminate('by an operator');
      const path = `/submissions/${id}`;

      const read = await byOrganiser(inPanel(), 'GET', path);
      const decision = { stage: 'selection', outcome: 'passed', override: true, reason: 'Now.' };
      const answers = [
        await byOrganiser(app, 'PUT', `${path}/decision`, decision),
        await byOrganiser(app, 'PUT', `${path}/deadline`, { due: '2099-01-01T00:00:00Z' }),
        await asked(app, tokens.reviewer, 'PUT', `/api/organiser${path}/review`, { scores }),
        await byOrganiser(app, 'PUT', `${path}/conflict`, {}),
        await asked(app, submitted.speakerToken, 'PUT', `${pathOf(id)}/attendance`, { attendance: 'confirmed' }),
        await withdraw(app, submitted),
      ];
      await reconcile();
      return [await read.json(), answers, await (await byOrganiser(inPanel(), 'GET', path)).json()];
    });

    expect(read).toMatchObject({ stage: 'selection', outcome: 'failed' });
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409, 409]);
    expect(readAgain).toEqual(read);
  });

  test('H14: keeps an acceptance that was told; the organisers learn that nobody can answer, and its slot stays', async () => {
    const app = inPanel();
    const [id, before, after, answer, sent] = await withWorker(server, async () => {
      const { id, speakerToken, handle } = await anAccepted(app);
      await handle.terminate('by an operator');
      const before = await statusOf(await inPanel().request(pathOf(id)));

      await reconcile();
      await reconcile();

      const after = await statusOf(await inPanel().request(pathOf(id)));
      const answer = await asked(app, speakerToken, 'PUT', `${pathOf(id)}/attendance`, { attendance: 'confirmed' });
      return [id, before, after, answer, await sentAbout(id)];
    });

    expect(before).toMatchObject({ status: 'Succeeded', result: { outcome: 'accepted' } });
    expect(before.result).toEqual({ outcome: 'accepted' });
    expect(after).toEqual(before);
    expect(await problemOf(answer)).toMatchObject({ status: 409, type: problemType('not-accepted') });
    expect(sent).toEqual(['accepted.email', 'unanswerable']);
    expect(await server.store.waitingList.freeSlots()).not.toContain(id);
  });

  test('by the server, at one of its limits, is no decision of the organisers', async () => {
    const app = aGateway({ call: aSlowCall('1h') });
    const statuses = await withWorker(server, async () => {
      const [one, other] = [await submitTo(app), await submitTo(app)];
      for (const { id } of [one, other]) await poll(app, id, ({ stage }) => stage === 'moderation');
      await terminatedBy(one.handle, 'history-service', 'Workflow history size exceeds limit.');
      await terminatedBy(other.handle, 'olga@laptop', 'Workflow history size exceeds limit.');
      await reconcile();
      const read = async (id: string) => statusOf(await aGateway().request(pathOf(id)));
      return [await read(one.id), await read(other.id)];
    });

    expect(statuses).toMatchObject([
      { status: 'Failed', error: { code: 'processing-failed' } },
      { status: 'Failed', error: { code: 'processing-stopped' } },
    ]);
  });

  test('before a worker has seen it is told all the same', async () => {
    const { id, handle } = await submitTo(aGateway({ isProved: true }));
    await handle.terminate('by an operator');

    const sent = await withWorker(server, async () => {
      await reconcile();
      return sentAbout(id);
    });

    expect(sent).toEqual(['failed', 'not-processed.email']);
  });
});

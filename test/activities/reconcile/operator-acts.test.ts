import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { auditSchema } from '../../../contract/http/organiser-answers.ts';
import { parseSubmissionId } from '../../../contract/submission-id.ts';
import { reconciliation, taskQueue } from '../../../contract/workflow/workflow-ids.ts';
import { openDatabase } from '../../../store/database.ts';
import { everything } from '../../../store/sight.ts';
import { anId, aSlowCall, tokens } from '../../support/fixtures.ts';
import { useGateways } from '../../support/gateways.ts';
import { resets } from '../../support/reset.ts';
import { databases } from '../../support/stores.ts';
import { useDevServer, withWorker } from '../../support/temporal.ts';

type Item = z.infer<typeof auditSchema>['items'][number];

describe.each(databases)('what operators do in Temporal is in the audit, with the %s database', (kind) => {
  const server = useDevServer(kind);
  const { aGateway, submitTo, poll, withdraw } = useGateways(server);
  const idOf = (id: string) => parseSubmissionId(id) ?? anId(0);
  const call = aSlowCall('1h');

  /** As the Web UI and the command line ask for it. */
  const asked = ({ workflowId }: WorkflowHandle, identity: string, reason: string) => ({
    namespace: server.env.client.options.namespace,
    workflowExecution: { workflowId },
    requestId: randomUUID(),
    identity,
    reason,
  });
  const terminate = (handle: WorkflowHandle, identity = 'temporal-cli:olga@laptop', reason = 'It hangs.') =>
    server.env.client.workflowService.terminateWorkflowExecution(asked(handle, identity, reason));
  const requestCancel = (handle: WorkflowHandle, reason = 'Asked by phone.') =>
    server.env.client.workflowService.requestCancelWorkflowExecution(asked(handle, 'otto', reason));
  const reset = async (handle: WorkflowHandle) => {
    await resets(server, handle, 'and all updates again').next();
  };

  const reconcile = () =>
    server.env.client.workflow.execute(reconciliation, { taskQueue, workflowId: `reconcile-${randomUUID()}` });

  async function auditOf(id: string): Promise<Item[]> {
    const app = aGateway();
    const items: Item[] = [];
    for (let after = ''; ; ) {
      const path = `/api/organiser/audit${after && `?after=${after}`}`;
      const response = await app.request(path, { headers: { Authorization: `Bearer ${tokens.organiser}` } });
      const page = auditSchema.parse(await response.json());
      items.push(...page.items);
      if (!page.hasMore) return items.filter(({ submission }) => submission === id);
      after = page.next;
    }
  }

  /** In moderation, with a record. */
  async function aSubmission() {
    const submitted = await submitTo(aGateway({ call, isProved: true }));
    await poll(aGateway(), submitted.id, ({ stage }) => stage === 'moderation');
    await reconcile();
    return submitted;
  }

  test('a termination, once, by whom and why, when it happened', async () => {
    const [id, at, audit] = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await terminate(handle);
      const { closeTime } = await handle.describe();

      await Promise.all([reconcile(), reconcile()]);
      await reconcile();

      return [id, closeTime?.toISOString(), await auditOf(id)];
    });

    const by = 'operator (temporal-cli:olga@laptop)';
    expect(audit).toEqual([{ at, by, command: 'terminate', submission: id, reason: 'It hangs.' }]);
  });

  test('a termination by who gave no name, as in a Web UI without a login', async () => {
    const audit = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await terminate(handle, '');

      await reconcile();

      return auditOf(id);
    });

    expect(audit).toMatchObject([{ by: 'operator', command: 'terminate', reason: 'It hangs.' }]);
  });

  test('a request for cancellation, of one that ends by it', async () => {
    const [id, audit] = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await requestCancel(handle);
      await handle.result().catch(() => undefined);

      for (let run = 0; run < 2; run += 1) await reconcile();

      return [id, await auditOf(id)];
    });

    const at = expect.any(String);
    const entry = { at, by: 'operator (otto)', command: 'request-cancel', submission: id, reason: 'Asked by phone.' };
    expect(audit).toEqual([entry]);
  });

  test('a reset of one that runs, and no termination of its earlier run, which is the server’s', async () => {
    const [id, audit] = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await reset(handle);

      for (let run = 0; run < 2; run += 1) await reconcile();

      return [id, await auditOf(id)];
    });

    // Temporal keeps no name with a reset.
    const at = expect.any(String);
    expect(audit).toEqual([{ at, by: 'operator', command: 'reset', submission: id, reason: 'A test.' }]);
  });

  test('resets one after the other, and of one that has ended, while nothing ran that could have noticed', async () => {
    const submitted = await withWorker(server, async () => {
      const submitted = await aSubmission();
      await withdraw(aGateway(), submitted);
      await submitted.handle.result();
      await reconcile();
      return submitted;
    });
    await reset(submitted.handle);
    await withWorker(server, () => submitted.handle.result());
    await reset(submitted.handle);

    const audit = await withWorker(server, async () => {
      for (let run = 0; run < 2; run += 1) await reconcile();
      return auditOf(submitted.id);
    });

    expect(audit.map(({ command }) => command)).toEqual(['withdraw', 'reset', 'reset']);
  });

  test('a reset of one that had ended, though its new run has written the record before anybody compared them', async () => {
    const audit = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await terminate(handle, 'history-service', 'Workflow history size exceeds limit.');
      await reconcile();
      await reset(handle);
      const { runId } = await handle.describe();
      await tamper((db) => db.updateTable('submissions').set({ run: runId }).where('id', '=', idOf(id)).execute());

      await reconcile();

      return auditOf(id);
    });

    expect(audit.map(({ command }) => command)).toEqual(['reset']);
  });

  test('a request for cancellation that a reset copies is one request', async () => {
    const [isCopied, audit] = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await requestCancel(handle);
      await handle.result().catch(() => undefined);
      // The last of them is to the task that came of the request.
      for await (const _ of resets(server, handle, 'and all updates again'));
      await handle.result().catch(() => undefined);

      for (let run = 0; run < 2; run += 1) await reconcile();

      const { events } = await handle.fetchHistory();
      return [events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes), await auditOf(id)];
    });

    expect(isCopied).toBe(true);
    expect(audit.map(({ command }) => command).sort()).toEqual(['request-cancel', 'reset', 'reset']);
  });

  test('whatever an operator may write there, and however much of it', async () => {
    const audit = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await terminate(handle, `ol\u0000ga\n\u202e${'x'.repeat(200)}`, `\u0000${'why '.repeat(400)}`);

      const result = await reconcile();

      expect(result).toMatchObject({ failed: 0 });
      return auditOf(id);
    });

    expect(audit).toMatchObject([{ by: expect.stringMatching(/^operator \(olga x{95}\)$/), command: 'terminate' }]);
    expect(audit[0]?.reason?.length).toBeLessThanOrEqual(1_000);
  });

  test('and stays there when the submission is erased; the erasure is no act of theirs', async () => {
    const audit = await withWorker(server, async () => {
      const [one, other] = [await aSubmission(), await aSubmission()];
      await terminate(one.handle);
      await reconcile();

      const erase = (id: string) =>
        aGateway().request(`/api/organiser/submissions/${id}`, {
          method: 'DELETE',
          headers: { Authorization: `Bearer ${tokens.organiser}` },
        });
      for (const { id } of [one, other]) expect([200, 202]).toContain((await erase(id)).status);
      // On a busy server Temporal takes minutes to delete what has only just ended: it isn't waited for.
      for (let run = 0; run < 2; run += 1) await reconcile();

      return [await auditOf(one.id), await auditOf(other.id)];
    });

    const commands = audit.map((items) => items.map(({ command }) => command));
    expect(commands).toEqual([['terminate', 'erase'], ['erase']]);
  });

  test('but not shown to who has a conflict of interest', async () => {
    const audit = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      const path = `/api/organiser/submissions/${id}/conflict`;
      const headers = { Authorization: `Bearer ${tokens.organiser}`, 'Content-Type': 'application/json' };
      const { status } = await aGateway({ call }).request(path, { method: 'PUT', headers, body: '{}' });
      expect(status).toBe(200);
      await terminate(handle);

      await reconcile();

      const all = await server.store.audit.after(undefined, 1_000, everything);
      expect(all.filter(({ submission_id }) => submission_id === id).map(({ command }) => command)).toContain(
        'terminate',
      );
      return auditOf(id);
    });

    expect(audit).toEqual([]);
  });

  test('a deletion is noticed, though Temporal knows nothing of it any more', async () => {
    const [id, audit] = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      const { namespace } = server.env.client.options;
      const workflowExecution = { workflowId: handle.workflowId };
      await server.env.client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
      while (await handle.describe().catch(() => undefined)) await turn();

      for (let run = 0; run < 2; run += 1) await reconcile();

      return [id, await auditOf(id)];
    });

    const detail = 'Temporal no longer has its workflow: it was deleted there, or lost.';
    const at = expect.any(String);
    expect(audit).toEqual([{ at, by: 'reconciler', command: 'miss-workflow', submission: id, detail }]);
  });

  test('after the records were restored it is there again, once', async () => {
    const audits = await withWorker(server, async () => {
      const { id, handle } = await aSubmission();
      await reset(handle);
      await terminate(handle);
      await reconcile();
      const before = await auditOf(id);
      await loseAudit(id);
      await server.store.reconciliation.reopen();

      for (let run = 0; run < 2; run += 1) await reconcile();

      return [before, await auditOf(id)];
    });

    const [before, after] = audits;
    expect(before?.map(({ command }) => command).sort()).toEqual(['reset', 'terminate']);
    expect(after).toEqual(before);
  });

  /** As a backup lacks what came after it. */
  const loseAudit = (id: string) =>
    tamper(async (db) => {
      const trigger =
        kind === 'PostgreSQL' ? 'alter table audit disable trigger user' : 'drop trigger audit_refuses_delete';
      await sql.raw(trigger).execute(db);
      await sql`delete from audit where submission_id = ${id}`.execute(db);
    });

  async function tamper(act: (db: ReturnType<typeof openDatabase>) => Promise<unknown>): Promise<void> {
    const db = openDatabase(server.location, () => undefined);
    await act(db);
    await db.destroy();
  }
});

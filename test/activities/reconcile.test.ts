import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Reconciliation } from '../../activities/reconcile/repairs.ts';
import { messageStates } from '../../contract/mail/message.ts';
import { messageIdOf } from '../../contract/mail/message-id.ts';
import { parseSubmissionId } from '../../contract/submission-id.ts';
import { deliveryIdOf } from '../../contract/workflow/deliveries.ts';
import { reconciliation, taskQueue, workflowIdOf } from '../../contract/workflow/workflow-ids.ts';
import { openDatabase } from '../../store/database.ts';
import { everything } from '../../store/sight.ts';
import { statusOf } from '../support/app.ts';
import { aCall, anId, aSlowCall, messageIdIn } from '../support/fixtures.ts';
import { useGateways } from '../support/gateways.ts';
import { aRecord, aWriter } from '../support/records.ts';
import { databases } from '../support/stores.ts';
import { type Server, useDevServer, withWorker } from '../support/temporal.ts';

async function reconcile(server: Server): Promise<Reconciliation> {
  const { workflow } = server.env.client;
  return workflow.execute(reconciliation, { taskQueue, workflowId: `${reconciliation}-${crypto.randomUUID()}` });
}

describe.each(databases)('the reconciler, with the %s database', (kind) => {
  const server = useDevServer(kind);
  const { aGateway, submitTo, withdraw, pathOf } = useGateways(server);
  const keptBack = () => aCall({ disclosure: 'until-announced', announcement: '2099-01-01T00:00:00Z' });

  async function listed(id: string) {
    const { items } = await server.store.list.page({}, 200, everything);
    return items.find(({ state }) => state.id === id);
  }

  /** The order decides which of two similar texts is flagged, and texts are compared after they are on record. */
  const unflagged = (items: (object | undefined)[]) => items.map((item) => ({ ...item, flags: expect.anything() }));

  async function untilDecided(id: string) {
    for (;;) {
      const item = await listed(id);
      if (item?.state.verdicts.length === 3) return item;
      // The worker lives in this process.
      await turn();
    }
  }

  /** Changes the record, as somebody with access to the database or a backup would. */
  async function tamper(act: (db: ReturnType<typeof openDatabase>) => Promise<unknown>) {
    const db = openDatabase(server.location, () => undefined);
    await act(db);
    await db.destroy();
  }

  const idOf = (id: string) => parseSubmissionId(id) ?? anId(0);

  test('sends the organisers one digest a day, however often it runs', async () => {
    const digests = async () => (await readdir(server.outbox)).filter((file) => file.startsWith('digest.'));
    await withWorker(server, async () => {
      const { id, handle } = await submitTo(aGateway({ isProved: true }));
      await handle.result();
      const message = messageIdOf(idOf(id), 'accepted', 'email');
      await reconcile(server);
      const before = await digests();
      const entry = { id: 'came-back', at: new Date().toISOString(), by: 'Olga', command: 'resolve-message' };
      await server.store.messages.resolve(message, 'bounced', 'It came back.', entry);

      await Promise.all([reconcile(server), reconcile(server)]);
      const [digest] = (await server.store.messages.after(messageIdIn('digest'), messageStates, 1, everything)).map(
        (one) => one.id,
      );
      await server.env.client.workflow.getHandle(deliveryIdOf('digest')).result();
      await reconcile(server);

      const after = await digests();
      expect([before, after]).toEqual([[], [`${digest}.json`]]);
      const told = JSON.parse(await readFile(join(server.outbox, after[0] ?? ''), 'utf8'));
      expect(told).toEqual({
        type: 'organisers.waiting',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00\.000Z$/),
        data: { undelivered: { count: 1, submissions: [id] }, overdue: { count: 0, submissions: [] } },
      });
    });
  });

  test('writes missing records of ended, running and waiting submissions, with their lines in the ledger', async () => {
    await withWorker(server, async () => {
      const over = await submitTo(aGateway());
      const decided = await submitTo(aGateway({ call: keptBack() }));
      const waiting = await submitTo(aGateway({ call: aSlowCall('1h') }));
      await over.handle.result();
      const before = [await listed(over.id), await untilDecided(decided.id)];
      while ((await listed(waiting.id)) === undefined) await turn();
      await tamper((db) => db.deleteFrom('submissions').execute());

      const counts = await reconcile(server);

      expect(counts).toEqual({ repaired: 3, erased: 0, lost: 0, failed: 0 });
      expect([await listed(over.id), await listed(decided.id)]).toEqual(unflagged(before));
      expect((await listed(waiting.id))?.state).toMatchObject({ course: { stage: 'moderation' }, verdicts: [] });
      const letter = messageIdOf(idOf(over.id), 'accepted', 'email');
      expect(await server.store.messages.find(letter)).toMatchObject({ state: 'parked' });
      expect(await reconcile(server)).toMatchObject({ repaired: 0, failed: 0 });
    });
  });

  test('updates records from an old backup', async () => {
    await withWorker(server, async () => {
      const over = await submitTo(aGateway());
      const decided = await submitTo(aGateway({ call: keptBack() }));
      await over.handle.result();
      const before = [await listed(over.id), await untilDecided(decided.id)];
      const stages = [
        [idOf(over.id), 'moderation'],
        [idOf(decided.id), 'selection'],
      ] as const;
      await tamper(async (db) => {
        for (const [id, stage] of stages) {
          const { state } = aRecord(0, { id, stage: 'moderation' });
          const old = { revision: 1, verdict: null, outcome: null, is_over: 0, state: JSON.stringify(state) };
          const before = { ...old, stage, awaits: stage };
          await db.updateTable('submissions').set(before).where('id', '=', id).execute();
        }
      });

      const counts = await reconcile(server);

      expect(counts).toMatchObject({ repaired: 2, failed: 0 });
      expect([await listed(over.id), await listed(decided.id)]).toEqual(unflagged(before));
      expect(await server.store.records.find(idOf(over.id))).toMatchObject({ isOver: true });
    });
  });

  test('records how operators have ended a submission', async () => {
    await withWorker(server, async () => {
      const untouched = await submitTo(aGateway({ call: aSlowCall('1h') }));
      await untouched.handle.terminate('by an operator');
      const moderated = await submitTo(aGateway({ call: keptBack() }));
      await untilDecided(moderated.id);
      await moderated.handle.terminate('by an operator');
      const reads = [
        await statusOf(await aGateway().request(pathOf(untouched.id))),
        await statusOf(await aGateway().request(pathOf(moderated.id))),
      ];

      await reconcile(server);

      expect(await server.store.records.find(idOf(untouched.id))).toMatchObject({ isOver: true, status: reads[0] });
      expect(await server.store.records.find(idOf(moderated.id))).toMatchObject({ isOver: true, status: reads[1] });
      expect(reads[1]).toMatchObject({ status: 'Failed', error: { code: 'processing-stopped' } });
    });
  });

  test('finishes an erasure that began while Temporal was unreachable', async () => {
    await withWorker(server, async () => {
      const { id, handle } = await submitTo(aGateway());
      await handle.result();
      server.started.delete(workflowIdOf(idOf(id)));
      await server.store.erasures.erase(idOf(id), new Date().toISOString());

      const counts = await reconcile(server);

      expect(counts).toMatchObject({ erased: 1, failed: 0 });
      await expect(handle.describe()).rejects.toThrow('not found');
      expect(await server.store.erasures.unfinished()).toEqual([]);
    });
  });

  test('ends workflows of an erased submission', async () => {
    await withWorker(server, async () => {
      const { id, handle } = await submitTo(aGateway({ call: aSlowCall('1h') }));
      server.started.delete(workflowIdOf(idOf(id)));
      await server.store.erasures.erase(idOf(id), new Date().toISOString());
      await server.store.erasures.finish(idOf(id), new Date().toISOString());

      await reconcile(server);

      await expect(handle.describe()).rejects.toThrow('not found');
    });
  });

  test('reports an open record without a workflow, whose status can still be read', async () => {
    await withWorker(server, async () => {
      await server.store.records.keep(aRecord(77), [], aWriter);

      expect(await reconcile(server)).toMatchObject({ lost: 1, repaired: 0 });

      expect((await aGateway().request(pathOf(anId(77)))).status).toBe(202);
    });
  });

  test('does not prevent a withdrawal at the same time', async () => {
    await withWorker(server, async () => {
      const app = aGateway({ call: aSlowCall('1h') });
      const submitted = await submitTo(app);

      await Promise.all([reconcile(server), withdraw(app, submitted)]);

      await submitted.handle.result();
      expect(await server.store.records.find(idOf(submitted.id))).toMatchObject({ status: { status: 'Canceled' } });
    });
  });
});

import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { createReconciler } from '../../../activities/reconcile.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { useStore } from '../../support/stores.ts';

const settings = { name: 'Test Conf', contact: 'programme@example.org', timeZone: 'UTC' };
const database = useStore();

test('the first run asks each workflow once, with a record or without; the next one asks none that is unchanged', async () => {
  const { store } = database;
  const [recorded, unrecorded] = [aRecord(1), aRecord(2)];
  await store.records.keep(recorded, [], aWriter);
  const asked: SubmissionId[] = [];
  const unexpected = async () => expect.fail('nothing is to be repaired');
  const reconcile = createReconciler({
    store,
    workflows: {
      listRuns: async function* () {
        yield [anId(1), anId(2)].map((id) => ({ id, run: aWriter.run, status: 'RUNNING' }));
      },
      list: async function* ({ kind }) {
        if (kind === 'submissions') yield [anId(1), anId(2)];
      },
      tracesOf: unexpected,
      actOf: unexpected,
      awaitedBy: async () => ({ awaits: 'moderation', run: aWriter.run, traces: [] }),
      recordOf: async (id) => {
        asked.push(id);
        return { ...(id === anId(1) ? recorded : unrecorded), writer: aWriter, settings, isRunning: true };
      },
      resync: unexpected,
      forget: unexpected,
      wakeDelivery: unexpected,
      isDelivering: unexpected,
    },
    passSlotOn: unexpected,
    holdClock: unexpected,
    organiserChannels: [],
    forgetMessages: unexpected,
  });
  const run = () => new MockActivityEnvironment().run(reconcile);

  const runs = [await run(), await run()];

  const nothing = { repaired: 0, erased: 0, lost: 0, failed: 0 };
  expect(runs).toEqual([{ ...nothing, repaired: 1 }, nothing]);
  expect(asked.toSorted()).toEqual([anId(1), anId(2)].toSorted());
});

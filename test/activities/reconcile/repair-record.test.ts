import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { createRepairRecord } from '../../../activities/reconcile/repair-record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import type { SubmissionId } from '../../../contract/submission-id.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord, aWriter, pendingOf } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const afterReset = { run: 'the-run-after-a-reset', known: 0 };
const settings = { name: 'Test Conf', contact: 'programme@example.org', timeZone: 'UTC' };

describe.each(databases)('the repair of a record in the %s database', (kind) => {
  const database = useStore(kind);

  /** What comes of a repair by a workflow with this state, and which workflows were sent a signal. */
  async function repaired(seed: number, change: Partial<SubmissionState>, { writer = aWriter, isRunning = true } = {}) {
    const signals: SubmissionId[] = [];
    const given: (SubmissionState | undefined)[] = [];
    const repair = createRepairRecord({
      store: database.store,
      workflows: {
        recordOf: async (_, recorded) => {
          given.push(recorded?.state);
          return { ...aRecord(seed, change), writer, settings, isRunning };
        },
        resync: async (id) => void signals.push(id),
      },
      organiserChannels: ['outbox'],
    });
    const outcome = await new MockActivityEnvironment().run(repair, anId(seed));
    return { outcome, signals, given };
  }

  test('writes what is missing, with its messages', async () => {
    const releases = [{ name: 'referred' as const, number: 1, revision: 1, at }];

    const { outcome, signals } = await repaired(1, { revision: 3, releases });

    expect([outcome, signals]).toEqual(['repaired', []]);
    expect(await database.store.records.standing(anId(1))).toMatchObject({ revision: 3, run: aWriter.run });
    expect(await pendingOf(database.store, anId(1))).toEqual([`${anId(1)}.referred.outbox`]);
  });

  test('leaves alone what is there', async () => {
    await database.store.records.keep(aRecord(2, { revision: 3 }), [], aWriter);

    const answers = [await repaired(2, { revision: 3 }), await repaired(2, { revision: 2 })];

    expect(answers.map(({ outcome, signals }) => [outcome, signals])).toEqual([
      [undefined, []],
      [undefined, []],
    ]);
    expect(answers[0]?.given).toEqual([aRecord(2, { revision: 3 }).state]);
  });

  test('tells a running workflow that is behind to write, and so to find out', async () => {
    await database.store.records.keep(aRecord(3, { revision: 5, conclusion: { kind: 'accepted' } }), [], aWriter);

    const { outcome, signals } = await repaired(3, { revision: 2 }, { writer: afterReset });

    expect([outcome, signals]).toEqual([undefined, [anId(3)]]);
    expect(await database.store.records.find(anId(3))).toMatchObject({ isConcluded: true });
  });

  test('can’t tell one that has ended otherwise', async () => {
    await database.store.records.keep(aRecord(4, { revision: 5, conclusion: { kind: 'accepted' } }), [], aWriter);
    const rejected = { revision: 9, conclusion: { kind: 'rejected' as const } };

    const { outcome, signals } = await repaired(4, rejected, { writer: afterReset, isRunning: false });

    expect([outcome, signals]).toEqual([undefined, []]);
    expect(await database.store.records.find(anId(4))).toMatchObject({ status: { result: { outcome: 'accepted' } } });
  });
});

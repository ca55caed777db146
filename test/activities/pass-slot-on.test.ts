import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { createPassSlotOn } from '../../activities/pass-slot-on.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { anId } from '../support/fixtures.ts';
import { aRecord, aVerdict, aWriter } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

describe.each(databases)('a free slot, with the %s database', (kind) => {
  const records = useStore(kind);
  const freedBy = anId(1);

  const wait = (seed: number, rank: number, revision = 1) =>
    records.store.records.keep(
      aRecord(seed, {
        ...{ stage: 'selection', revision },
        verdicts: [aVerdict('selection', { outcome: 'waitlisted', rank })],
      }),
      [],
      aWriter,
    );

  /** The workflow has taken the slot, and its record says so. */
  const promoted = (seed: number) =>
    records.store.records.keep(
      aRecord(seed, { stage: 'selection', revision: 2, verdicts: [aVerdict('selection')] }),
      [],
      aWriter,
    );

  const pass = (place: SubmissionId, promote: (id: SubmissionId) => Promise<boolean>) =>
    new MockActivityEnvironment().run(createPassSlotOn({ store: records.store, promote }), place);

  test('goes to one submission if the worker dies after the offer, and the taker has left the list', async () => {
    await wait(11, 1);
    await wait(12, 2);
    const asked: SubmissionId[] = [];
    const dying = pass(freedBy, async (id) => {
      asked.push(id);
      await promoted(11);
      throw new Error('the worker died');
    });
    await expect(dying).rejects.toThrow('the worker died');
    await wait(13, 1);

    const taker = await pass(freedBy, async (id) => {
      asked.push(id);
      return true;
    });

    expect([taker, asked]).toEqual([anId(11), [anId(11), anId(11)]]);
    expect(await records.store.waitingList.freeSlots()).not.toContain(freedBy);
  });

  test('goes to one submission if its own was reopened and both are erased', async () => {
    const accepted = { stage: 'selection' as const, verdicts: [aVerdict('selection')] };
    const asked: SubmissionId[] = [];
    const promote = async (id: SubmissionId) => {
      asked.push(id);
      return true;
    };
    await records.store.records.keep(aRecord(21, accepted), [], aWriter);
    const taker = await pass(anId(21), promote);
    await records.store.records.keep(aRecord(22, { ...accepted, original: anId(21) }), [], aWriter);

    await records.store.erasures.erase(anId(21), '2026-11-02T12:00:00.000Z', { by: 'Olga' });
    for (const id of await records.store.waitingList.freeSlots()) await pass(id, promote);

    expect(asked).toEqual([taker]);
  });

  test('goes to the next on the list if the first one does not take it', async () => {
    const asked: SubmissionId[] = [];
    const isErased = (id: SubmissionId) => id === anId(13);

    const taker = await pass(anId(2), async (id) => {
      asked.push(id);
      return !isErased(id);
    });

    expect([taker, asked]).toEqual([anId(12), [anId(13), anId(12)]]);
  });
});

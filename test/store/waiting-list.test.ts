import { describe, expect, test } from 'vitest';
import { anId } from '../support/fixtures.ts';
import { aRecord, aVerdict, aWriter } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

describe.each(databases)('the waiting list in the %s database', (kind) => {
  const database = useStore(kind);

  test('the waiting list is in the order of its ranks, then of the submits; a place is passed on once', async () => {
    const { store } = database;
    const wait = (seed: number, createdAt: string, rank?: number) => {
      const verdict = aVerdict('selection', { outcome: 'waitlisted', ...(rank ? { rank } : {}) });
      return store.records.keep(aRecord(seed, { createdAt, stage: 'selection', verdicts: [verdict] }), [], aWriter);
    };
    await wait(20, '2026-11-04T00:00:00.000Z');
    await wait(21, '2026-11-03T00:00:00.000Z');
    await wait(22, '2026-11-05T00:00:00.000Z', 2);
    await wait(23, '2026-11-06T00:00:00.000Z', 1);

    expect(await store.waitingList.submissions()).toEqual([anId(23), anId(22), anId(21), anId(20)]);
    expect(await store.waitingList.freeSlot(anId(30))).toEqual({ takenBy: undefined, offeredTo: undefined });
    expect(await store.waitingList.freeSlots()).toContain(anId(30));
    await store.waitingList.takeSlot(anId(30), anId(23));
    expect(await store.waitingList.freeSlot(anId(30))).toEqual({ takenBy: anId(23), offeredTo: undefined });
    expect(await store.waitingList.freeSlots()).not.toContain(anId(30));
  });

  test('of two who offer a place at once, the second sees that it is offered already', async () => {
    const { store } = database;
    await store.waitingList.freeSlot(anId(31));

    const first = await store.waitingList.offerSlot(anId(31), anId(21), undefined);
    const second = await store.waitingList.offerSlot(anId(31), anId(22), undefined);

    expect([first, second]).toEqual([true, false]);
    expect(await store.waitingList.freeSlot(anId(31))).toEqual({ takenBy: undefined, offeredTo: anId(21) });
    expect(await store.waitingList.offerSlot(anId(31), anId(22), anId(21))).toBe(true);
  });
});

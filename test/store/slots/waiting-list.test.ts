import { afterEach, describe, expect, test } from 'vitest';
import { untilAnnouncement } from '../../../contract/held-until.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const [past, future] = ['2026-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z'];
const by = { by: 'Olga', announcing: { disclosure: 'progress' as const } };
const isTaken = false;

describe.each(databases)('the waiting list in the %s database', (kind) => {
  const database = useStore(kind);
  const list = () => database.store.waitingList;
  const keep = (seed: number, change: Partial<SubmissionState>) =>
    database.store.records.keep(aRecord(seed, { stage: 'selection', ...change }), [], aWriter);
  const wait = (seed: number, rank?: number, createdAt = past) => {
    const verdict = aVerdict('selection', { outcome: 'waitlisted', ...(rank ? { rank } : {}) });
    return keep(seed, { createdAt, verdicts: [verdict] });
  };
  const promoted = (seed: number, promotedBy: number) =>
    keep(seed, { revision: 2, verdicts: [aVerdict('selection')], promotedBy: anId(promotedBy) });

  afterEach(async () => {
    for (const id of await list().submissions()) await database.store.erasures.erase(id, past);
    await list().drop();
  });

  test('is in the order of its ranks, then of the submits', async () => {
    await wait(20, undefined, '2026-11-04T00:00:00.000Z');
    await wait(21, undefined, '2026-11-03T00:00:00.000Z');
    await wait(22, 2, '2026-11-05T00:00:00.000Z');
    await wait(23, 1, '2026-11-06T00:00:00.000Z');

    const submissions = await list().submissions();

    expect(submissions).toEqual([23, 22, 21, 20].map(anId));
  });

  test('gives a slot to the first, who keeps it until it is taken, whoever comes on the list', async () => {
    await wait(31, 2);
    await list().free(anId(30));

    const first = await list().assign(anId(30));
    await wait(32, 1);
    const again = await list().assign(anId(30));
    await list().take(anId(30), anId(31));
    const [taken, free] = [await list().assign(anId(30)), await list().freeSlots()];

    expect([first, again, taken]).toEqual([
      { to: anId(31), isTaken },
      { to: anId(31), isTaken },
      { to: anId(31), isTaken: true },
    ]);
    expect(free).toEqual([]);
  });

  test('gives nobody two slots, and no slot to two, when all are given on at once by several workers', async () => {
    for (const seed of [41, 42, 43]) await wait(seed, seed);
    const slots = [44, 45, 46, 47].map(anId);
    for (const slot of slots) await list().free(slot);

    const rounds = await Promise.all([1, 2, 3].map(() => Promise.all(slots.map((slot) => list().assign(slot)))));

    const [assigned = []] = rounds;
    expect(rounds).toEqual([assigned, assigned, assigned]);
    expect(assigned.flatMap((one) => (one ? [one.to] : [])).sort()).toEqual([41, 42, 43].map(anId));
  });

  test('passes over those that refuse, and gives a slot that all refuse to the next who waits', async () => {
    for (const seed of [51, 52]) await wait(seed, seed);
    await list().free(anId(50));

    const first = await list().assign(anId(50));
    const second = await list().assign(anId(50), [anId(51)]);
    const late = await list().assign(anId(50), [anId(51)]);
    const nobody = await list().assign(anId(50), [anId(51), anId(52)]);
    const free = await list().freeSlots();
    await wait(53, 53);
    const next = await list().assign(anId(50), [anId(51), anId(52)]);

    expect([first, second, late, nobody, next]).toEqual([
      { to: anId(51), isTaken },
      { to: anId(52), isTaken },
      { to: anId(52), isTaken },
      undefined,
      { to: anId(53), isTaken },
    ]);
    expect(free).toEqual([anId(50)]);
  });

  test('leaves a slot with the one whose record says so, though its answer was lost, or it is said to refuse', async () => {
    for (const seed of [61, 62]) await wait(seed, seed);
    await list().free(anId(60));
    await list().assign(anId(60));

    await promoted(61, 60);
    const assigned = await list().assign(anId(60), [anId(61)]);

    expect(assigned).toEqual({ to: anId(61), isTaken: true });
  });

  test('knows from the record who has a slot that a restored backup shows as free, assigned to others, or not at all', async () => {
    for (const seed of [71, 72, 73, 74]) await wait(seed, seed);
    await list().free(anId(75));
    await list().free(anId(76));
    await list().assign(anId(76));

    for (const [at, slot] of [75, 76, 77].entries()) await promoted(72 + at, slot);
    const slots = await Promise.all([75, 76, 77].map((slot) => list().assign(anId(slot))));

    expect(slots).toEqual([72, 73, 74].map((seed) => ({ to: anId(seed), isTaken: true })));
    expect(await list().submissions()).toEqual([anId(71)]);
  });

  test('lets no record fail that contradicts it: the first who took a slot has it, and has no other', async () => {
    for (const seed of [171, 172]) await wait(seed, seed);
    for (const slot of [173, 174, 175]) await list().free(anId(slot));
    await list().assign(anId(174));

    await promoted(171, 173);
    await promoted(172, 173);
    await keep(171, { revision: 3, verdicts: [aVerdict('selection')], promotedBy: anId(175) });
    const slots = await Promise.all([173, 174, 175].map((slot) => list().assign(anId(slot))));

    expect(slots).toEqual([{ to: anId(171), isTaken: true }, undefined, undefined]);
  });

  test('goes on to the next if the one that a slot is assigned to is erased, unless it has taken it', async () => {
    for (const seed of [81, 82, 83, 84]) await wait(seed, seed);
    await list().free(anId(80));
    await list().assign(anId(80));

    await database.store.erasures.erase(anId(81), past, by);
    await list().take(anId(80), anId(81));
    const next = await list().assign(anId(80));
    await promoted(82, 80);
    await database.store.erasures.erase(anId(82), past, by);
    const [last, free] = [await list().assign(anId(80)), await list().freeSlots()];

    expect(next).toEqual({ to: anId(82), isTaken });
    expect(last).toEqual({ to: anId(82), isTaken: true });
    expect(free).toEqual([anId(82)]);
  });

  test('H19: gets a slot that is held once its instant has come, or something is announced', async () => {
    await wait(91, 1);
    await list().free(anId(94), future);
    await list().free(anId(95), untilAnnouncement);
    // Told again, after the announcement.
    await list().free(anId(94));

    const before = [await list().freeSlots(), await list().assign(anId(94)), await list().assign(anId(95))];
    await list().free(anId(96), past);
    const due = await list().freeSlots();
    await list().release();
    const after = [await list().freeSlots(), await list().assign(anId(95))];

    expect(before).toEqual([[], undefined, undefined]);
    expect(due).toEqual([anId(96)]);
    expect(after).toEqual([[94, 95, 96].map(anId), { to: anId(91), isTaken }]);
  });

  test('gets no slot any more that is dropped, held or free; who was assigned one may still take it', async () => {
    for (const seed of [101, 102]) await wait(seed, seed);
    for (const seed of [103, 104]) await list().free(anId(seed));
    await list().free(anId(105), untilAnnouncement);
    await list().assign(anId(103));

    await list().drop();
    await list().release();
    await list().free(anId(104));
    const slots = await Promise.all([103, 104, 105].map((slot) => list().assign(anId(slot))));
    const refused = await list().assign(anId(103), [anId(101)]);

    expect(slots).toEqual([{ to: anId(101), isTaken }, undefined, undefined]);
    expect([refused, await list().freeSlots()]).toEqual([undefined, []]);
  });
});

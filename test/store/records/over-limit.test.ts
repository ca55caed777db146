import { afterAll, describe, expect, test } from 'vitest';
import { everything } from '../../../store/sight.ts';
import { openStore, type Store } from '../../../store/store.ts';
import { anId, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aWriter, type Described } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

describe.each(databases)('the limit of talks per speaker, in the %s database', (kind) => {
  const database = useStore(kind);
  const opened: Store[] = [];
  afterAll(() => Promise.all(opened.map((store) => store.close())));

  /** Returns what is said to whoever makes its messages. */
  async function keep(seed: number, email: string, change: Described = {}, most = 2, store = database.store) {
    const submission = aSubmission({ title: `Talk ${seed}`, speaker: { name: 'Ada', email } });
    let isOverLimit: boolean | undefined;
    const noticed = (_: unknown, noticed: { isOverLimit: boolean }) => {
      isOverLimit = noticed.isOverLimit;
      return [];
    };
    const known = (change.revision ?? 1) - 1;
    await store.records.keep(aRecord(seed, change, submission), noticed, { ...aWriter, known }, most);
    return isOverLimit;
  }

  const flagsOf = async (seed: number) => {
    const item = await database.store.list.find(anId(seed), everything);
    return item?.flags.filter(({ flag }) => flag === 'over-limit');
  };

  test('flags what comes over it, by whatever spelling of the address, and says so with each write', async () => {
    const first = [await keep(1, 'ada@example.org'), await keep(2, 'Ada+two@example.org')];

    const third = await keep(3, 'ADA@example.org');

    expect([...first, third]).toEqual([false, false, true]);
    expect([await flagsOf(2), await flagsOf(3)]).toEqual([[], [{ flag: 'over-limit' }]]);
    expect([
      await keep(2, 'Ada+two@example.org', { revision: 2 }),
      await keep(3, 'ADA@example.org', { revision: 2 }),
    ]).toEqual([false, true]);
    const { items } = await database.store.list.page({ flag: 'over-limit' }, 10, everything);
    expect(items.map(({ state }) => state.id)).toEqual([anId(3)]);
  });

  test('counts neither what was withdrawn, nor what was erased', async () => {
    await keep(11, 'bob@example.org');
    await keep(12, 'bob@example.org');
    await keep(11, 'bob@example.org', { revision: 2, conclusion: { kind: 'withdrawn' } });
    const afterWithdrawal = await keep(13, 'bob@example.org');
    await database.store.erasures.erase(anId(12), '2026-11-01T12:00:00.000Z');

    expect([afterWithdrawal, await keep(14, 'bob@example.org'), await keep(15, 'bob@example.org')]).toEqual([
      ...[false, false],
      true,
    ]);
  });

  test('counts a talk that was reopened once, and flags no reopening', async () => {
    await keep(21, 'cleo@example.org', { conclusion: { kind: 'rejected' } });

    const reopened = await keep(22, 'cleo@example.org', { original: anId(21) }, 1);

    expect([reopened, await keep(23, 'cleo@example.org')]).toEqual([false, false]);
  });

  test('of many that are written at once, flags all but as many as it allows', async () => {
    const other = openStore(database.location, () => undefined);
    opened.push(other);
    const seeds = Array.from({ length: 12 }, (_, at) => 31 + at);

    const flagged = await Promise.all(
      seeds.map((seed) => keep(seed, 'dan@example.org', {}, 2, seed % 2 ? database.store : other)),
    );

    expect(flagged.filter((is) => is === false)).toHaveLength(2);
  });
});

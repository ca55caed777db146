import { describe, expect, test } from 'vitest';
import { withFallback } from '../../api/limits/speaker-quota.ts';
import { freePort } from '../../dev/ports.ts';
import { deadlineIn } from '../../process/deadline.ts';
import { openStore } from '../../store/store.ts';
import { anId } from '../support/fixtures.ts';
import { aRecord, aWriter } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

describe.each(databases)('places of a speaker in the %s database', (kind) => {
  const database = useStore(kind);

  test('are taken once for each submission, until there is none', async () => {
    const { quota } = database.store;

    const taken = [];
    for (const seed of [1, 2, 2, 3, 1]) taken.push(await quota.take('ada', anId(seed), 2));

    expect(taken).toEqual(['taken', 'taken', 'held', 'none', 'held']);
  });

  test('that are given back can be taken again', async () => {
    const { quota } = database.store;
    await quota.take('bob', anId(11), 1);

    await quota.release('bob', anId(11));

    expect(await quota.take('bob', anId(12), 1)).toBe('taken');
  });

  test('are freed by a withdrawal, once, and not taken back by its retries', async () => {
    const { quota } = database.store;
    await quota.take('kim', anId(21), 1);
    const withdrawn = aRecord(21, { conclusion: { kind: 'withdrawn' } });

    await database.store.records.keep(aRecord(21), [], aWriter);
    const before = await quota.take('kim', anId(22), 1);
    await database.store.records.keep(withdrawn, [], aWriter);
    const retry = await quota.take('kim', anId(21), 1);
    const after = await quota.take('kim', anId(22), 1);
    await database.store.records.keep(withdrawn, [], aWriter);
    const more = [await quota.take('kim', anId(21), 1), await quota.take('kim', anId(23), 1)];

    expect([before, retry, after, ...more]).toEqual(['none', 'held', 'taken', 'held', 'none']);
  });

  test('are not freed by any other end, nor by a withdrawal that came too late', async () => {
    const { quota } = database.store;
    await quota.take('lee', anId(31), 1);
    await database.store.records.keep(aRecord(31, { conclusion: { kind: 'rejected' } }), [], aWriter);

    await database.store.records.keep(aRecord(31, { conclusion: { kind: 'withdrawn' }, revision: 9 }), [], aWriter);

    expect(await quota.take('lee', anId(32), 1)).toBe('none');
  });

  test('that two want when one is freed go to one of them', async () => {
    const other = openStore(database.location, () => undefined);
    await database.store.quota.take('pat', anId(41), 1);
    await database.store.records.keep(aRecord(41, { conclusion: { kind: 'withdrawn' } }), [], aWriter);

    const taken = await Promise.all(
      [42, 43, 44, 45].map((seed) => (seed % 2 ? database.store : other).quota.take('pat', anId(seed), 1)),
    );

    expect(taken.sort()).toEqual(['none', 'none', 'none', 'taken']);
    await other.close();
  });

  test('hold across gateways that ask at the same time', async () => {
    const other = openStore(database.location, () => undefined);
    const ask = (seed: number) => (seed % 2 ? database.store : other).quota.take('eve', anId(seed), 3);

    const taken = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(100 + index)));

    expect(taken.filter((place) => place === 'taken')).toHaveLength(3);
    expect(taken.filter((place) => place === 'none')).toHaveLength(17);
    await other.close();
  });

  test('of one submission by two gateways at the same time: one place', async () => {
    const other = openStore(database.location, () => undefined);
    const stores = Array.from({ length: 10 }, (_, index) => (index % 2 ? database.store : other));

    const taken = await Promise.all(stores.map(({ quota }) => quota.take('zoe', anId(200), 3)));

    expect(taken.filter((place) => place === 'taken')).toHaveLength(1);
    expect(taken.filter((place) => place === 'held')).toHaveLength(9);
    await other.close();
  });
});

test('with PostgreSQL out of reach, each gateway counts places alone', async () => {
  const store = openStore(`postgres://nobody@127.0.0.1:${await freePort()}/nothing`, () => undefined);
  const causes: unknown[] = [];
  const quota = withFallback(store.quota, (cause) => causes.push(cause));

  const taken = [];
  for (const seed of [1, 2, 3]) taken.push(await quota.take('ada', anId(seed), 2, deadlineIn(1_600)));

  expect(taken).toEqual(['taken', 'taken', 'none']);
  expect(causes).toHaveLength(3);
  await store.close();
});

test('a place that comes after the submit was refused, or failed, is given back', async () => {
  let answer: (place: 'taken') => void = () => undefined;
  const late = new Promise<'taken'>((resolve) => {
    answer = resolve;
  });
  const held = new Set<string>();
  const take = async (_: string, id: string) => {
    await late;
    held.add(id);
    return 'taken' as const;
  };
  const release = async (_: string, id: string) => void held.delete(id);
  const quota = withFallback({ take, release }, () => undefined);

  const taken = [
    await quota.take('ada', anId(1), 1, deadlineIn(1_600)),
    await quota.take('ada', anId(2), 1, deadlineIn(1_600)),
  ];
  const givenBack = quota.release('ada', anId(1));
  answer('taken');
  await givenBack;
  await new Promise((resolve) => setImmediate(resolve));

  expect(taken).toEqual(['taken', 'none']);
  expect([...held]).toEqual([]);
});

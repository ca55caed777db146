import { describe, expect, test } from 'vitest';
import { publicStatus } from '../../../contract/public-status.ts';
import { everything } from '../../../store/sight.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

describe.each(databases)('records in the %s database', (kind) => {
  const database = useStore(kind);
  const list = async (seed: number) => {
    const { items } = await database.store.list.page({}, 200, everything);
    return items.find(({ state }) => state.id === anId(seed));
  };

  test('what nobody has written is unknown', async () => {
    expect(await database.store.records.find(anId(1))).toEqual({ kind: 'unknown' });
  });

  test('a record is found with its public status', async () => {
    const record = aRecord(2, { revision: 2, stage: 'shortlisting', verdicts: [aVerdict('moderation')] });

    const kept = await database.store.records.keep(record, [], aWriter);

    expect(kept).toEqual({ kind: 'kept', state: expect.anything() });
    expect(await database.store.records.find(anId(2))).toEqual({
      kind: 'found',
      isOver: false,
      isConcluded: false,
      status: publicStatus(record.state),
      fingerprint: 'fingerprint',
    });
    expect((await list(2))?.state).toEqual(record.state);
  });

  test('the status of a record is the same document until it changes, though each reading asks the database', async () => {
    const record = (revision: number) => aRecord(40, { revision, stage: revision > 1 ? 'selection' : 'shortlisting' });
    const read = async () => {
      const found = await database.store.records.find(anId(40));
      return found.kind === 'found' ? found.status : undefined;
    };

    await database.store.records.keep(record(1), [], aWriter);
    const [first, second] = [await read(), await read()];
    await database.store.records.keep(record(2), [], aWriter);

    expect(first?.stage).toBe('shortlisting');
    expect(second).toBe(first);
    expect(await read()).toEqual(publicStatus(record(2).state));
  });

  test('a repeated write changes nothing, at the same time as well', async () => {
    const record = aRecord(3, { revision: 4, stage: 'selection' });
    const changeOf = async () =>
      (await database.store.changes.after(undefined, 200, everything)).find(({ id }) => id === anId(3));
    await database.store.records.keep(record, [], aWriter);
    const before = await changeOf();

    const again = await Promise.all([1, 2, 3].map(() => database.store.records.keep(record, [], aWriter)));

    expect(again).toEqual(Array(3).fill({ kind: 'kept', state: expect.anything() }));
    expect(await changeOf()).toEqual(before);
  });

  test('a late attempt at an older write never replaces a newer one', async () => {
    await database.store.records.keep(aRecord(5, { revision: 3, stage: 'selection' }), [], aWriter);

    const kept = await database.store.records.keep(aRecord(5, { revision: 2, stage: 'shortlisting' }), [], aWriter);

    expect(kept).toEqual({ kind: 'kept', state: expect.anything() });
    expect((await list(5))?.state.course).toMatchObject({ stage: 'selection' });
  });

  test('what is erased is gone, and is not written again', async () => {
    await database.store.records.keep(aRecord(8), [], aWriter);

    await database.store.erasures.erase(anId(8), at);
    const kept = await database.store.records.keep(aRecord(8, { revision: 9 }), [], aWriter);

    expect(kept).toEqual({ kind: 'erased' });
    expect(await database.store.records.find(anId(8))).toEqual({ kind: 'erased' });
    expect(await list(8)).toBeUndefined();
    expect(await database.store.erasures.unfinished()).toEqual([anId(8)]);
    await database.store.erasures.erase(anId(8), '2027-01-01T00:00:00.000Z');
    await database.store.erasures.finish(anId(8), at);
    expect(await database.store.erasures.unfinished()).toEqual([]);
  });

  test('an erasure and a write at the same time: it is gone', async () => {
    const seeds = Array.from({ length: 20 }, (_, index) => 100 + index);

    await Promise.all(
      seeds.flatMap((seed) => [
        database.store.records.keep(aRecord(seed), [], aWriter),
        database.store.erasures.erase(anId(seed), at),
      ]),
    );

    for (const seed of seeds) expect(await database.store.records.find(anId(seed))).toEqual({ kind: 'erased' });
  });
});

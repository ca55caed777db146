import { describe, expect, test } from 'vitest';
import { anId, aSubmission } from '../support/fixtures.ts';
import { aRecord } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

describe.each(databases)('co-authorships in the %s database', (kind) => {
  const records = useStore(kind);

  /** A talk by the first of some addresses, with the others. */
  async function keep(seed: number, main: string, ...others: string[]): Promise<void> {
    const coSpeakers = others.map((email) => ({ name: 'Co-speaker', email }));
    const submission = aSubmission({
      speaker: { name: 'Ada', email: main },
      ...(others.length > 0 ? { coSpeakers } : {}),
    });
    await records.store.keep(aRecord(seed, {}, submission));
  }

  test('are found by the normal form of addresses, whoever of a talk is its main speaker', async () => {
    await keep(1, 's.am@gmail.com', 'colin@example.org');
    await keep(2, 'sam+talks@googlemail.com', 'rita@example.org');
    await keep(3, 'rita+cfp@example.org', 'Colin@Example.org');
    await keep(4, 'sam@gmail.com');
    await keep(5, 'rita@example.org', 'dora@example.org');

    const found = await records.store.coAuthorships([1, 4, 5].map(anId), ['rita@example.org', 'rolf@example.org']);

    expect(found).toEqual([
      { id: anId(1), address: 'rita@example.org', other: anId(2) },
      { id: anId(1), address: 'rita@example.org', other: anId(3) },
      { id: anId(4), address: 'rita@example.org', other: anId(2) },
    ]);
  });

  test('are none within one talk, and none for nobody', async () => {
    await keep(11, 'eve@example.org', 'max@example.org');

    const found = [
      await records.store.coAuthorships([anId(11)], ['max@example.org']),
      await records.store.coAuthorships([anId(11)], []),
      await records.store.coAuthorships([], ['max@example.org']),
    ];

    expect(found).toEqual([[], [], []]);
  });

  test('are as many as a person looks at, for each talk, however many somebody sends in', async () => {
    await keep(20, 'victim@example.org');
    await keep(21, 'other@example.org');
    for (let seed = 22; seed < 32; seed += 1)
      await keep(seed, `troll${seed}@example.org`, 'victim@example.org', 'judge@example.org');
    await keep(40, 'judge@example.org', 'other@example.org');

    const found = await records.store.coAuthorships([anId(20), anId(21)], ['judge@example.org']);

    expect(found.filter(({ id }) => id === anId(20))).toHaveLength(5);
    expect(found.filter(({ id }) => id === anId(21))).toEqual([
      { id: anId(21), address: 'judge@example.org', other: anId(40) },
    ]);
  });

  test('are no talk of the same speaker', async () => {
    await keep(45, 'ann@example.org', 'bea@example.org');
    await keep(46, 'bea@example.org');
    await keep(47, 'Bea+2@example.org', 'ann@example.org');

    const flags = (await records.store.listed(anId(47)))?.flags.filter(({ flag }) => flag === 'same-speaker');

    expect(flags).toEqual([{ flag: 'same-speaker', other: anId(46) }]);
  });

  test('go with the talk that they come from', async () => {
    await keep(51, 'vic@example.org');
    await keep(52, 'vic@example.org', 'jan@example.org');

    await records.store.erase(anId(52), '2026-11-01T12:00:00.000Z');

    expect(await records.store.coAuthorships([anId(51)], ['jan@example.org'])).toEqual([]);
  });
});

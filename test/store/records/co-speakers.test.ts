import { describe, expect, test } from 'vitest';
import { anId, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

describe.each(databases)('who is named beside whom, in the %s database', (kind) => {
  const database = useStore(kind);

  /** A talk by the first of some addresses, with the others. */
  async function keep(seed: number, main: string, ...others: string[]): Promise<void> {
    const coSpeakers = others.map((email) => ({ name: 'Co-speaker', email }));
    const submission = aSubmission({ speaker: { name: 'Ada', email: main }, ...(coSpeakers[0] ? { coSpeakers } : {}) });
    await database.store.records.keep(aRecord(seed, {}, submission), [], aWriter);
  }

  test('is found by the normal form of addresses, whoever of a talk is its main speaker', async () => {
    await keep(1, 's.am@gmail.com', 'colin@example.org');
    await keep(2, 'sam+talks@googlemail.com', 'rita@example.org');
    await keep(3, 'rita+cfp@example.org', 'Colin@Example.org');
    await keep(4, 'sam@gmail.com');
    await keep(5, 'rita@example.org', 'dora@example.org');

    const found = await database.store.coSpeakers.find(
      ['colin@example.org', 'sam@gmail.com'],
      ['rita@example.org', 'rolf@example.org'],
    );

    expect(found).toEqual([
      { address: 'colin@example.org', beside: 'rita@example.org', submission_id: anId(3) },
      { address: 'sam@gmail.com', beside: 'rita@example.org', submission_id: anId(2) },
    ]);
  });

  test('is nobody beside themself, however they are written, and nobody of nobody', async () => {
    await keep(11, 'eve@example.org', 'EVE+2@example.org');

    const found = [
      await database.store.coSpeakers.find(['eve@example.org'], ['eve@example.org']),
      await database.store.coSpeakers.find(['eve@example.org'], []),
      await database.store.coSpeakers.find([], ['eve@example.org']),
    ];

    expect(found).toEqual([[], [], []]);
  });

  test('is told by as many talks as a person looks at, for each two, however many somebody sends in', async () => {
    for (let seed = 22; seed < 32; seed += 1)
      await keep(seed, `troll${seed}@example.org`, 'victim@example.org', 'judge@example.org');
    await keep(40, 'judge@example.org', 'other@example.org');

    const found = await database.store.coSpeakers.find(
      ['victim@example.org', 'other@example.org'],
      ['judge@example.org'],
    );

    expect(found.map(({ address }) => address)).toEqual(['other@example.org', ...Array(5).fill('victim@example.org')]);
  });

  test('goes with the talk that it comes from', async () => {
    await keep(51, 'vic@example.org', 'jan@example.org');

    await database.store.erasures.erase(anId(51), '2026-11-01T12:00:00.000Z');

    expect(await database.store.coSpeakers.find(['vic@example.org'], ['jan@example.org'])).toEqual([]);
  });
});

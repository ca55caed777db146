import { describe, expect, test } from 'vitest';
import { holderOf } from '../../../contract/text/holder-of.ts';
import { anId, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

describe.each(databases)('the talks of an address in the %s database', (kind) => {
  const database = useStore(kind);
  let seed = 0;

  async function aTalkOf(email: string, change: Parameters<typeof aRecord>[1] = {}) {
    seed += 1;
    const createdAt = new Date(Date.parse('2026-11-01T12:00:00.000Z') + 1_000 * seed).toISOString();
    const submission = aSubmission({ title: `Talk ${seed}`, speaker: { name: 'Somebody', email } });
    await database.store.records.keep(aRecord(seed, { createdAt, ...change }, submission), [], aWriter);
    return anId(seed);
  }

  const idsOf = async (email: string, most = 100) =>
    (await database.store.talks.heldBy(holderOf(email), most)).map(({ id }) => id);

  test('H39: are found by the address as it was given, the newest first', async () => {
    const [older, newer] = [await aTalkOf('ada@example.org'), await aTalkOf('Ada@Example.ORG')];

    expect(await idsOf('ADA@example.org')).toEqual([newer, older]);
    expect(await idsOf('ada@example.org', 1)).toEqual([newer]);
    expect(await database.store.talks.heldBy('ada@example.org', 1)).toEqual([
      {
        ...{ id: newer, title: 'Talk 2', email: 'Ada@Example.ORG' },
        ...{ isProved: true, address: 0, generation: 0 },
      },
    ]);
  });

  test('H39: the proved ones first: nobody hides them by adding others', async () => {
    const proved = await aTalkOf('many@example.org');
    for (let time = 0; time < 3; time += 1) await aTalkOf('many@example.org', { proved: undefined });

    expect((await idsOf('many@example.org', 2))[0]).toBe(proved);
  });

  test('H39: are not found by another address of the same mailbox, nor by one that only looks like it', async () => {
    const id = await aTalkOf('kim.lee+talks@gmail.com');

    const others = ['kim.lee@gmail.com', 'kimlee+talks@gmail.com', 'kim.lee+talks@googlemail.com'];
    // The Kelvin sign is a k in lower case.
    const alike = '\u212aim.lee+talks@gmail.com';
    expect(await Promise.all([...others, alike].map((email) => idsOf(email)))).toEqual([[], [], [], []]);
    expect(await idsOf('kim.lee+talks@gmail.com')).toEqual([id]);
  });

  test('H38: are without those that were refused as not theirs, and with those that are not proved yet', async () => {
    const [unproved] = [
      await aTalkOf('eve@example.org', { proved: undefined }),
      await aTalkOf('eve@example.org', { silenced: true, proved: undefined }),
    ];

    expect(await database.store.talks.heldBy('eve@example.org', 100)).toMatchObject([
      { id: unproved, isProved: false },
    ]);
  });

  test('go with their erasure', async () => {
    const id = await aTalkOf('gone@example.org');

    await database.store.erasures.erase(id, '2026-11-02T12:00:00.000Z');

    expect(await idsOf('gone@example.org')).toEqual([]);
  });
});

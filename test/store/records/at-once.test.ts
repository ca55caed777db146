import { describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../../store/store.ts';
import { anId, aRequest, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const by = { by: 'Olga', announcing: { disclosure: 'progress' as const } };

const [writers, rounds] = [8, 12];

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);

describe.each(databases)('eight who write at once to the %s database', (kind) => {
  const database = useStore(kind);

  /** By two speakers, in almost the same words; other ones for each thirty. */
  function keep(store: Store, seed: number, described: Described = {}) {
    const group = Math.floor(seed / 30);
    const words = 'We waited, and we waited, and then we waited again for those who wait. '.repeat(5);
    const description = `${words.replaceAll(/\w+/g, (word) => `${word}${group}`)} ${seed}`;
    const speaker = { name: 'Ada', email: `speaker-${group}.${seed % 2}@example.org` };
    return store.records.keep(aRecord(seed, described, aSubmission(aRequest({ description, speaker }))), [], aWriter);
  }

  async function allAtOnce(act: (store: Store, writer: number, round: number) => Promise<unknown>): Promise<void> {
    const stores = seeds(0, 2).map(() => openStore(database.location, () => undefined));
    await Promise.all(
      seeds(0, writers).map(async (writer) => {
        const store = stores[writer % stores.length] ?? database.store;
        for (let round = 1; round <= rounds; round += 1) await act(store, writer, round);
      }),
    );
    await Promise.all(stores.map((store) => store.close()));
  }

  test('one submission: the last state stands', async () => {
    await allAtOnce((store, writer, round) => keep(store, 1, { revision: round * writers + writer }));

    const standing = await database.store.records.standing(anId(1));

    expect(standing?.revision).toBe(rounds * writers + writers - 1);
  });

  test('submissions of one talk share its conflicts', async () => {
    await keep(database.store, 11);

    await allAtOnce((store, writer, round) =>
      keep(store, 12 + writer, { revision: round, original: anId(11), conflicts: [{ by: `Rita ${writer}`, at }] }),
    );

    const parties = await database.store.records.partiesOf(seeds(11, 9).map(anId));
    const all = seeds(0, writers).map((writer) => `Rita ${writer}`);
    for (const { conflicts = [] } of parties.values()) expect(conflicts.map((one) => one.by).sort()).toEqual(all);
  });

  test('submissions in the same words of the same speakers: of each two, one is flagged', async () => {
    await allAtOnce((store, writer, round) => (round === 1 ? keep(store, 31 + writer) : Promise.resolve()));

    const flags = await database.store.list.flagsOf(seeds(31, writers).map(anId), { person: '', sees: () => true });
    const pairs = (name: string) =>
      [...flags].flatMap(([id, all]) => all.filter(({ flag }) => flag === name).map(({ other }) => [id, other].sort()));
    const own = (name: string) =>
      pairs(name).filter((pair) => pair.every((id) => seeds(31, writers).some((seed) => anId(seed) === id)));
    const similar = own('similar-text').map((pair) => pair.join());
    expect(new Set(similar).size).toBe(similar.length);
    expect(similar).toHaveLength((writers * (writers - 1)) / 2);
    expect(own('same-speaker')).toHaveLength((2 * ((writers / 2) * (writers / 2 - 1))) / 2);
  });

  test('slots, erasures and records come to an end, and what is erased stays erased', async () => {
    const waitlisted = { stage: 'selection' as const, verdicts: [aVerdict('selection', { outcome: 'waitlisted' })] };
    const accepted = { stage: 'selection' as const, verdicts: [aVerdict('selection')] };
    const erased = new Set<number>();

    await allAtOnce(async (store, writer, round) => {
      const [seed, other] = [1_000 + writer * rounds + round, 1_000 + ((writer + 1) % writers) * rounds + round];
      await keep(store, seed, writer % 2 === 0 ? waitlisted : accepted);
      await store.waitingList.free(anId(other));
      const slot = await store.waitingList.assign(anId(other));
      if (slot) await keep(store, 5_000 + seed, { ...accepted, revision: 2, promotedBy: anId(other) });
      if (round % 3 > 0) return;
      erased.add(other);
      await store.erasures.erase(anId(other), at, by);
      await keep(store, other, { revision: 9 });
    });

    const kinds = await Promise.all(
      [...erased].map(async (seed) => (await database.store.records.find(anId(seed))).kind),
    );
    expect(new Set(kinds)).toEqual(new Set(['erased']));
  });
});

import { describe, expect, test } from 'vitest';
import type { SubmissionState } from '../../contract/state.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { everything } from '../../store/sight.ts';
import { anId } from '../support/fixtures.ts';
import { aRecord, aVerdict } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const later = '2026-11-02T12:00:00.000Z';
const by = { person: 'Olga' };
const idsOf = (erased: { id: SubmissionId }[]) => erased.map(({ id }) => id).sort();

describe.each(databases)('an erasure, in the %s database', (kind) => {
  const records = useStore(kind);
  const keep = (seed: number, change: Partial<SubmissionState> = {}) => records.store.keep(aRecord(seed, change));
  const kindOf = async (seed: number) => (await records.store.find(anId(seed))).kind;

  test.each([
    [11, 'the one that the speaker made'],
    [12, 'one in the middle'],
    [13, 'the last one'],
  ])('takes all that go on from one another: asked for by %d, %s', async (asked) => {
    const seeds = [11, 12, 13].map((seed) => seed + asked * 100);
    const [first = 0, ...others] = seeds;
    await keep(first);
    for (const seed of others) await keep(seed, { original: anId(first) });
    await keep(19);

    const erased = await records.store.erase(anId(asked + asked * 100), at, by);

    expect(idsOf(erased)).toEqual(seeds.map(anId));
    expect(await Promise.all(seeds.map(kindOf))).toEqual(['erased', 'erased', 'erased']);
    expect(await kindOf(19)).toBe('found');
    expect(await records.store.unfinished()).toEqual(expect.arrayContaining(seeds.map(anId)));
    const commands = await records.store.audit.commandsAfter(0, '', 100, everything);
    const noted = commands.filter(({ command }) => command === 'erase').map(({ submission_id }) => submission_id);
    expect(noted).toEqual(expect.arrayContaining(seeds.map(anId)));
  });

  test('again names the same, and the messages that were in the ledger the first time only', async () => {
    const letter = {
      kind: 'organisers' as const,
      notice: { release: { name: 'failed' as const, number: 1, at }, submission: anId(21), title: 'A talk', call: 'C' },
    };
    const message = { id: `${anId(21)}.failed.outbox`, release: 'failed', channel: 'outbox' as const, letter };
    await records.store.keep(aRecord(21), [message]);
    await keep(22, { original: anId(21) });

    const [once, again] = [await records.store.erase(anId(22), at, by), await records.store.erase(anId(21), later, by)];

    expect(idsOf(once)).toEqual([anId(21), anId(22)]);
    expect(once.find(({ id }) => id === anId(21))?.messages).toEqual([message.id]);
    expect(idsOf(again)).toEqual([anId(21), anId(22)]);
    expect(again.flatMap(({ messages }) => messages)).toEqual([]);
  });

  test('takes what goes on from it as soon as that comes on record, and what it goes on from as soon as that is known', async () => {
    await keep(31);
    await records.store.erase(anId(31), at, by);
    await keep(32, { original: anId(31) });
    await keep(33);
    await records.store.erase(anId(34), at, by);
    await records.store.keepVerdict(
      aRecord(34, { original: anId(33) }),
      aVerdict('moderation'),
      'submission-34:moderation',
    );

    expect(await Promise.all([32, 33, 34].map(kindOf))).toEqual(['erased', 'erased', 'erased']);
    expect(await records.store.unfinished()).toEqual(expect.arrayContaining([32, 33, 34].map(anId)));
  });

  const accepted = { stage: 'selection' as const, verdicts: [aVerdict('selection')] };

  test.each<[string, number, Partial<SubmissionState>, boolean]>([
    ['decided, and not announced', 41, accepted, true],
    ['accepted', 42, { ...accepted, conclusion: { kind: 'accepted' } }, true],
    [
      'confirmed',
      43,
      { ...accepted, conclusion: { kind: 'accepted' }, attendance: { answer: 'confirmed', due: at, reminded: 0 } },
      true,
    ],
    ['of a call that is closed', 44, { ...accepted, closing: 'reject' }, false],
    ['rejected', 45, { stage: 'selection', verdicts: [aVerdict('selection', { outcome: 'rejected' })] }, false],
    ['undecided', 46, { stage: 'selection', verdicts: [aVerdict('shortlisting')] }, false],
  ])('frees the place of what was %s', async (_, seed, state, isFree) => {
    await keep(seed, state);

    await records.store.erase(anId(seed), at, by);

    expect((await records.store.freePlaces()).includes(anId(seed))).toBe(isFree);
  });

  test('that is brought back by a restore frees no place: it was passed on then', async () => {
    await keep(51, accepted);

    await records.store.erase(anId(51), at);

    expect(await records.store.freePlaces()).not.toContain(anId(51));
  });

  test('frees no place a second time', async () => {
    await keep(61, accepted);
    await records.store.freePlace(anId(61), at);
    await records.store.takePlace(anId(61), anId(62));

    await records.store.erase(anId(61), later, by);

    expect(await records.store.freePlaces()).not.toContain(anId(61));
  });
});

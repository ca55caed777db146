import { describe, expect, test } from 'vitest';
import type { Announcing } from '../../../contract/call/announcing.ts';
import type { Attendance } from '../../../contract/state.ts';
import { everything } from '../../../store/sight.ts';
import { anId } from '../../support/fixtures.ts';
import { aMessage, aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const later = '2026-11-02T12:00:00.000Z';
const by = { by: 'Olga', announcing: { disclosure: 'progress' as const } };

describe.each(databases)('an erasure, in the %s database', (kind) => {
  const database = useStore(kind);
  const keep = (seed: number, change: Described = {}) =>
    database.store.records.keep(aRecord(seed, change), [], aWriter);
  /** Its taker has the record of one that was promoted. */
  const giveOn = (freedBy: number, taker: number) =>
    keep(taker, { stage: 'selection', verdicts: [aVerdict('selection')], promotedBy: anId(freedBy) });
  const kindOf = async (seed: number) => (await database.store.records.find(anId(seed))).kind;

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

    const erased = await database.store.erasures.erase(anId(asked + asked * 100), at, by);

    expect(erased.sort()).toEqual(seeds.map(anId));
    expect(await Promise.all(seeds.map(kindOf))).toEqual(['erased', 'erased', 'erased']);
    expect(await kindOf(19)).toBe('found');
    expect(await database.store.erasures.unfinished()).toEqual(expect.arrayContaining(seeds.map(anId)));
    const commands = await database.store.audit.after(undefined, 100, everything);
    const noted = commands.filter(({ command }) => command === 'erase').map(({ submission_id }) => submission_id);
    expect(noted).toEqual(expect.arrayContaining(seeds.map(anId)));
  });

  test('again names the same', async () => {
    await keep(21);
    await keep(22, { original: anId(21) });

    const [once, again] = [
      await database.store.erasures.erase(anId(22), at, by),
      await database.store.erasures.erase(anId(21), later, by),
    ];

    expect(once.sort()).toEqual([anId(21), anId(22)]);
    expect(again.sort()).toEqual([anId(21), anId(22)]);
  });

  test('takes what goes on from it as soon as that comes on record, and what it goes on from as soon as that is known', async () => {
    await keep(31);
    await database.store.erasures.erase(anId(31), at, by);
    await keep(32, { original: anId(31) });
    await keep(33);
    await database.store.erasures.erase(anId(34), at, by);
    await keep(34, { original: anId(33) });

    expect(await Promise.all([32, 33, 34].map(kindOf))).toEqual(['erased', 'erased', 'erased']);
    expect(await database.store.erasures.unfinished()).toEqual(expect.arrayContaining([32, 33, 34].map(anId)));
  });

  const accepted = { stage: 'selection' as const, verdicts: [aVerdict('selection')] };
  const told = { ...accepted, conclusion: { kind: 'accepted' as const } };
  const declined = { answer: 'declined' as const };
  const lapsed = { answer: 'lapsed' as const };
  const reopened = (original: number, ...more: string[]) => ({
    ...accepted,
    original: anId(original),
    commands: ['reopen', ...more].map((command, index) => ({ number: index + 1, at, by: 'Olga', command })),
    ...(more.length > 0 && { hasOwnSlot: true as const }),
  });

  test.each<[string, number, Described, boolean]>([
    ['decided, and not announced', 41, accepted, true],
    ['accepted', 42, { ...accepted, conclusion: { kind: 'accepted' } }, true],
    ['confirmed', 43, { ...accepted, conclusion: { kind: 'accepted' }, attendance: { answer: 'confirmed' } }, true],
    ['of a call that is closed', 44, { ...accepted, closing: 'reject' }, false],
    ['rejected', 45, { stage: 'selection', verdicts: [aVerdict('selection', { outcome: 'rejected' })] }, false],
    ['undecided', 46, { stage: 'selection', verdicts: [aVerdict('shortlisting')] }, false],
    ['reopened, and is as it was', 47, reopened(147), false],
    ['reopened and announced', 48, { ...reopened(148, 'announce'), isReleased: true }, true],
    ['reopened and decided anew', 49, reopened(149, 'decide'), true],
    ['reopened and promoted', 50, reopened(150, 'promote'), true],
  ])('frees the place of what was %s', async (_, seed, state, isFree) => {
    await keep(seed, state);

    await database.store.erasures.erase(anId(seed), at, by);
    await database.store.waitingList.release();

    expect((await database.store.waitingList.freeSlots()).includes(anId(seed))).toBe(isFree);
  });

  const withheld = { disclosure: 'until-announced' as const, announcement: '2027-01-01T00:00:00+01:00' };

  test.each<[string, number, Described, Announcing, boolean]>([
    ['that nobody was told', 71, accepted, withheld, true],
    [
      'that was withdrawn before it was told',
      72,
      { ...accepted, conclusion: { kind: 'withdrawn' }, slot: 'held' },
      withheld,
      true,
    ],
    ['of a reopened submission', 73, reopened(173, 'decide'), { disclosure: 'progress' }, true],
    ['that was told', 74, told, withheld, false],
    ['of a call that withholds nothing', 75, accepted, { disclosure: 'progress' }, false],
  ])('H19: holds the place of an acceptance %s', async (_, seed, state, announcing, isHeld) => {
    await keep(seed, state);

    await database.store.erasures.erase(anId(seed), at, { by: 'Olga', announcing });
    const shown = await database.store.waitingList.freeSlots();
    await database.store.waitingList.release();

    expect(shown.includes(anId(seed))).toBe(!isHeld);
    expect(await database.store.waitingList.freeSlots()).toContain(anId(seed));
  });

  test('that is brought back by a restore frees no place: it was passed on then', async () => {
    await keep(51, accepted);

    await database.store.erasures.erase(anId(51), at);

    expect(await database.store.waitingList.freeSlots()).not.toContain(anId(51));
  });

  const announced = { ...reopened(0, 'announce'), ...told, isReleased: true as const };

  test.each<[string, number, Attendance, 'first' | 'copy', Described, string[]]>([
    ['whose copy is as it was', 200, declined, 'first', reopened(0), []],
    ['of which the copy is named', 210, declined, 'copy', reopened(0), []],
    ['that lapsed', 220, lapsed, 'first', reopened(0), []],
    ['whose copy is announced', 230, declined, 'first', announced, ['copy']],
    ['of which the copy, announced, is named', 240, lapsed, 'copy', announced, ['copy']],
    ['whose copy is declined too', 250, declined, 'first', { ...announced, attendance: declined }, ['copy']],
  ])('frees what the line of an acceptance holds now, %s', async (_, seed, attendance, asked, state, free) => {
    const ids = { first: anId(seed), copy: anId(seed + 1) };
    await keep(seed, { ...told, attendance });
    await giveOn(seed, seed + 2);
    await keep(seed + 1, { ...state, original: ids.first });

    await database.store.erasures.erase(ids[asked], later, by);

    const places = await database.store.waitingList.freeSlots();
    expect(Object.entries(ids).flatMap(([name, id]) => (places.includes(id) ? [name] : []))).toEqual(free);
  });

  test('frees one place, when the answer of its speaker was about to give it on, or was giving it on', async () => {
    for (const first of [61, 63]) {
      await keep(first, { ...told, attendance: declined });
      await keep(first + 1, { ...reopened(first) });
    }
    await database.store.waitingList.free(anId(63));

    for (const first of [61, 63]) await database.store.erasures.erase(anId(first), later, by);

    const places = await database.store.waitingList.freeSlots();
    expect(places.filter((id) => [61, 62, 63, 64].map(anId).includes(id)).sort()).toEqual([anId(61), anId(63)]);
  });

  test('frees no place a second time', async () => {
    await keep(65, accepted);
    await giveOn(65, 66);

    await database.store.erasures.erase(anId(65), later, by);

    expect(await database.store.waitingList.freeSlots()).not.toContain(anId(65));
  });

  test('an erasure takes the messages and the announcements with it, and the audit keeps who did it', async () => {
    const { id } = aMessage(5);
    await database.store.records.keep(aRecord(5), [aMessage(5)], aWriter);
    const releases = [{ name: 'rejected' as const, number: 1, revision: 1, at }];
    await database.store.records.keep(
      aRecord(5, { revision: 2, conclusion: { kind: 'rejected' }, releases }),
      [],
      aWriter,
    );

    await database.store.erasures.erase(anId(5), at, by);

    const [last] = (await database.store.changes.after(undefined, 100, everything)).slice(-1);
    expect(await database.store.messages.find(id)).toBeUndefined();
    expect(last).toMatchObject({ id: anId(5), kind: 'erased' });
    const commands = await database.store.audit.after(undefined, 100, everything);
    expect(commands).toContainEqual(expect.objectContaining({ by: 'Olga', command: 'erase', submission_id: anId(5) }));
  });
});

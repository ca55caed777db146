import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { SubmissionState } from '../../contract/state.ts';
import { openDatabase } from '../../store/database.ts';
import { everything } from '../../store/sight.ts';
import { anId } from '../support/fixtures.ts';
import { aMessage, aRecord, aVerdict } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
describe.each(databases)('what people do, in the %s database', (kind) => {
  const database = useStore(kind);

  async function withMessage(seed: number): Promise<string> {
    await database.store.records.keep(aRecord(seed), [aMessage(seed)]);
    return aMessage(seed).id;
  }

  test('a message is claimed once; who comes later finds it broken off, and it is for a person', async () => {
    const id = await withMessage(1);
    const { store } = database;

    const [first, second] = [await store.messages.claim(id, 'one'), await store.messages.claim(id, 'another')];

    expect(first).toEqual({ kind: 'claimed', attempt: 1 });
    expect(second).toEqual({ kind: 'settled', state: 'parked' });
    // The first one was alive all the same, and knows better.
    await store.messages.settle(id, 1, 'sent', '250 taken');
    expect(await store.messages.find(id)).toMatchObject({
      state: 'sent',
      attempts: 1,
      detail: '250 taken',
      content: aMessage(1).content,
    });
    expect(await store.messages.claim(id, 'one')).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('a message whose claim was not answered is claimed by the same attempt, as it was', async () => {
    const id = await withMessage(11);
    const { store } = database;

    const claims = [
      await store.messages.claim(id, 'one'),
      await store.messages.claim(id, 'one'),
      await store.messages.claim(id, 'another'),
    ];

    const claimed = { kind: 'claimed', attempt: 1 };
    expect(claims).toEqual([claimed, claimed, { kind: 'settled', state: 'parked' }]);
    expect(await store.messages.claim(id, 'one')).toEqual({ kind: 'settled', state: 'parked' });
  });

  test('a message to the webhook that was being sent when its attempt broke off is sent again', async () => {
    const { store } = database;
    const id = `${anId(13)}.withdrawn.webhook`;
    await store.records.keep(aRecord(13), [{ ...aMessage(13), id, channel: 'webhook' }]);

    const claims = [
      await store.messages.claim(id, 'one'),
      await store.messages.claim(id, 'one'),
      await store.messages.claim(id, 'two'),
    ];
    await store.messages.settle(id, 1, 'parked', 'too late');
    await store.messages.settle(id, 2, 'sent', null);

    expect(claims).toEqual([1, 1, 2].map((attempt) => ({ kind: 'claimed', attempt })));
    expect(await store.messages.find(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(await store.messages.claim(id, 'three')).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('of twenty who claim a message at once, one sends it', async () => {
    const id = await withMessage(2);

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => database.store.messages.claim(id, `attempt ${index}`)),
    );

    expect(claims.filter((claim) => claim.kind === 'claimed')).toHaveLength(1);
  });

  test('a message is written once, in whatever state it is by now, and also when the record is over', async () => {
    const id = await withMessage(3);
    await database.store.messages.claim(id, 'one');
    await database.store.messages.settle(id, 1, 'sent', null);

    await database.store.records.keep(aRecord(3, { revision: 2, conclusion: { kind: 'withdrawn' } }), [aMessage(3)]);
    const late = { ...aMessage(3), id: `${anId(3)}.failed.email` };
    await database.store.records.keep(aRecord(3, { revision: 2, conclusion: { kind: 'withdrawn' } }), [late]);

    expect(await database.store.messages.find(id)).toMatchObject({ state: 'sent' });
    expect(await database.store.messages.pendingOf(anId(3))).toEqual([late.id]);
  });

  test('a person decides of what was not delivered, and of nothing else', async () => {
    const id = await withMessage(4);
    const { store } = database;
    const entry = { id: 'resolution', at, by: 'Olga', command: 'resolve-message' };

    expect(await store.messages.resolve(id, 'pending', 'again', entry)).toBeUndefined();
    await store.messages.park(id, 'nobody knows');
    expect(await store.messages.resolve(id, 'pending', 'again', entry)).toMatchObject({
      state: 'pending',
      detail: 'again',
    });
    await store.messages.claim(id, 'one');
    await store.messages.settle(id, 1, 'sent', null);
    expect(await store.messages.resolve(id, 'pending', 'again', entry)).toBeUndefined();
    expect(await store.messages.resolve(id, 'bounced', 'it came back', entry)).toMatchObject({ state: 'bounced' });
    expect(await store.messages.undelivered(everything)).toContainEqual(
      expect.objectContaining({ id, state: 'bounced' }),
    );
  });

  test('an erasure takes the messages and the announcements with it, and the audit keeps who did it', async () => {
    const id = await withMessage(5);
    const releases = [{ name: 'rejected' as const, number: 1, at }];
    await database.store.records.keep(aRecord(5, { revision: 2, conclusion: { kind: 'rejected' }, releases }));

    await database.store.erasures.erase(anId(5), at, { by: 'Olga' });

    const [last] = (await database.store.changes.after(0, 100, everything)).slice(-1);
    expect(await database.store.messages.find(id)).toBeUndefined();
    expect(last).toMatchObject({ id: anId(5), kind: 'erased' });
    const commands = await database.store.audit.after(0, '', 100, everything);
    expect(commands).toContainEqual(expect.objectContaining({ by: 'Olga', command: 'erase', submission_id: anId(5) }));
  });

  test('announcements have one order, each once; the first after a number is always the same', async () => {
    const { store } = database;
    const since = await store.announcements.last(everything);
    const waitlisted = { name: 'waitlisted' as const, number: 1, at };
    const rejected = { name: 'rejected' as const, number: 1, at };
    await store.records.keep(aRecord(6, { revision: 2, releases: [waitlisted] }));
    await store.records.keep(aRecord(7, { revision: 2, conclusion: { kind: 'rejected' }, releases: [rejected] }));
    const promoted = { name: 'promoted' as const, number: 1, at };
    await store.records.keep(
      aRecord(6, { revision: 3, conclusion: { kind: 'accepted' }, releases: [waitlisted, promoted] }),
    );

    const seen = [];
    for (
      let next = await store.announcements.after(since, everything);
      next;
      next = await store.announcements.after(next.number, everything)
    ) {
      expect((await store.announcements.after(next.number - 1, everything))?.number).toBe(next.number);
      seen.push([next.state.id, next.outcome, next.hasMore]);
    }

    expect(seen).toEqual([
      [anId(6), 'waitlisted', true],
      [anId(7), 'rejected', true],
      [anId(6), 'accepted', false],
    ]);
  });

  test('an acceptance that is to be answered stays open: the answer is written, and no other outcome', async () => {
    const { store } = database;
    const change = (answer: 'awaited' | 'confirmed', more: Partial<SubmissionState> = {}) =>
      aRecord(8, { conclusion: { kind: 'accepted' }, attendance: { answer, due: at, reminded: 0 }, ...more });
    await store.records.keep(change('awaited', { revision: 5 }));

    await store.records.keep(aRecord(8, { revision: 9, conclusion: { kind: 'withdrawn' } }));
    await store.records.keep(change('confirmed', { revision: 6, isOver: true }));
    await store.records.keep(change('awaited', { revision: 7 }));

    expect(await store.records.find(anId(8))).toMatchObject({
      isOver: true,
      isConcluded: true,
      status: { status: 'Succeeded', result: { outcome: 'accepted', attendance: 'confirmed' } },
    });
  });

  test('the waiting list is in the order of its ranks, then of the submits; a place is passed on once', async () => {
    const { store } = database;
    const wait = (seed: number, createdAt: string, rank?: number) => {
      const verdict = aVerdict('selection', { outcome: 'waitlisted', ...(rank ? { rank } : {}) });
      return store.records.keep(aRecord(seed, { createdAt, stage: 'selection', verdicts: [verdict] }));
    };
    await wait(20, '2026-11-04T00:00:00.000Z');
    await wait(21, '2026-11-03T00:00:00.000Z');
    await wait(22, '2026-11-05T00:00:00.000Z', 2);
    await wait(23, '2026-11-06T00:00:00.000Z', 1);

    expect(await store.waitingList.submissions()).toEqual([anId(23), anId(22), anId(21), anId(20)]);
    expect(await store.waitingList.freeSlot(anId(30), at)).toEqual({ takenBy: undefined, offeredTo: undefined });
    expect(await store.waitingList.freeSlots()).toContain(anId(30));
    await store.waitingList.takeSlot(anId(30), anId(23));
    expect(await store.waitingList.freeSlot(anId(30), at)).toEqual({ takenBy: anId(23), offeredTo: undefined });
    expect(await store.waitingList.freeSlots()).not.toContain(anId(30));
  });

  test('of two who offer a place at once, the second sees that it is offered already', async () => {
    const { store } = database;
    await store.waitingList.freeSlot(anId(31), at);

    const first = await store.waitingList.offerSlot(anId(31), anId(21), undefined);
    const second = await store.waitingList.offerSlot(anId(31), anId(22), undefined);

    expect([first, second]).toEqual([true, false]);
    expect(await store.waitingList.freeSlot(anId(31), at)).toEqual({ takenBy: undefined, offeredTo: anId(21) });
    expect(await store.waitingList.offerSlot(anId(31), anId(22), anId(21))).toBe(true);
  });

  test('an organiser may decide otherwise: the verdict on record is the one that stands', async () => {
    const { store } = database;
    const first = aVerdict('selection', { outcome: 'passed', number: 4 });
    const second = aVerdict('selection', { outcome: 'rejected', number: 5, by: 'Olga' });
    await store.records.keep(aRecord(9, { stage: 'selection', revision: 4, verdicts: [first] }));
    await store.records.keep(aRecord(9, { stage: 'selection', revision: 5, verdicts: [second] }));
    await store.records.keep(aRecord(9, { stage: 'selection', revision: 4, verdicts: [first] }));

    const standing = await store.records.keepVerdict(
      aRecord(9, { stage: 'selection' }),
      first,
      `submission-${anId(9)}:selection`,
    );

    expect(standing).toEqual(second);
  });

  test('the audit refuses to be changed, and takes a command once', async () => {
    const { store } = database;
    const entry = { id: 'one', at, by: 'Olga', command: 'close-call', reason: 'It is over.' };
    await store.audit.add(entry);
    await store.audit.add({ ...entry, reason: 'Something else.' });
    const db = openDatabase(database.location, () => undefined);

    await expect(sql`update audit set reason = 'x'`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`delete from audit`.execute(db)).rejects.toThrow('append-only');
    const said = (await store.audit.after(0, '', 100, everything)).filter(({ id }) => id === 'one');
    expect(said).toMatchObject([{ reason: 'It is over.' }]);
    await db.destroy();
  });

  test('what waited when a backup was made is for a person after the restore', async () => {
    const id = await withMessage(10);

    await database.store.messages.parkUnsettled('restored');

    expect(await database.store.messages.find(id)).toMatchObject({ state: 'parked', detail: 'restored' });
  });
});

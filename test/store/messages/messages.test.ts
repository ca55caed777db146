import { describe, expect, test } from 'vitest';
import { type MessageId, messageIdOf } from '../../../contract/mail/message-id.ts';
import { openDatabase } from '../../../store/database.ts';
import { everything } from '../../../store/sight.ts';
import { anId } from '../../support/fixtures.ts';
import { aMessage, aMessageAbout, aRecord, aWriter, pendingOf } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

describe.each(databases)('messages in the %s database', (kind) => {
  const database = useStore(kind);

  async function withMessage(seed: number): Promise<MessageId> {
    await database.store.records.keep(aRecord(seed), [aMessage(seed)], aWriter);
    return aMessage(seed).id;
  }

  /** As if the time had passed. */
  async function rewritten(id: MessageId, change: { updated_at: string }) {
    const db = openDatabase(database.location, () => undefined);
    await db.updateTable('messages').set(change).where('id', '=', id).execute();
    await db.destroy();
  }

  test('a message is claimed once; a later attempt of the same activity finds it broken off, and it is for a person', async () => {
    const id = await withMessage(1);
    const { store } = database;

    const [first, second] = [await store.messages.claim(id, 'one#1'), await store.messages.claim(id, 'one#2')];

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
    expect(await store.messages.claim(id, 'one#3')).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('a message whose claim was not answered is claimed by the same attempt, as it was', async () => {
    const id = await withMessage(11);
    const { store } = database;

    const claims = [
      await store.messages.claim(id, 'one#1'),
      await store.messages.claim(id, 'one#1'),
      await store.messages.claim(id, 'one#2'),
    ];

    const claimed = { kind: 'claimed', attempt: 1 };
    expect(claims).toEqual([claimed, claimed, { kind: 'settled', state: 'parked' }]);
    expect(await store.messages.claim(id, 'one#1')).toEqual({ kind: 'settled', state: 'parked' });
  });

  test('a message to the webhook that was being sent when its attempt broke off is sent again', async () => {
    const { store } = database;
    const id = messageIdOf(anId(13), 'withdrawn', 'webhook');
    await store.records.keep(aRecord(13), [{ ...aMessage(13), id, channel: 'webhook' }], aWriter);

    const claims = [
      await store.messages.claim(id, 'one#1'),
      await store.messages.claim(id, 'one#1'),
      await store.messages.claim(id, 'one#2'),
    ];
    await store.messages.settle(id, 1, 'parked', 'too late');
    await store.messages.settle(id, 2, 'sent', null);

    expect(claims).toEqual([1, 1, 2].map((attempt) => ({ kind: 'claimed', attempt })));
    expect(await store.messages.find(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(await store.messages.claim(id, 'one#3')).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('of twenty who claim a message at once, one sends it', async () => {
    const id = await withMessage(2);

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => database.store.messages.claim(id, `activity ${index}#1`)),
    );

    expect(claims.filter((claim) => claim.kind === 'claimed')).toHaveLength(1);
  });

  test('a message that another activity is sending is left to it, until that can no longer be alive', async () => {
    const id = await withMessage(14);
    const { store } = database;

    const claims = [await store.messages.claim(id, 'one#1'), await store.messages.claim(id, 'another#1')];
    await rewritten(id, { updated_at: new Date(Date.now() - 20 * 60_000).toISOString() });
    const late = await store.messages.claim(id, 'another#1');

    expect(claims).toEqual([{ kind: 'claimed', attempt: 1 }, { kind: 'blocked' }]);
    expect(late).toEqual({ kind: 'settled', state: 'parked' });
  });

  test('of one channel keep their order; what is parked holds nothing up, and no channel another one', async () => {
    const { store } = database;
    const letters = (['waitlisted', 'promoted', 'lapsed'] as const).map((name) => aMessageAbout(15, name));
    await store.records.keep(
      aRecord(15),
      [...letters, aMessageAbout(15, 'confirmed', { channel: 'webhook' })],
      aWriter,
    );
    const [first, second, third, event] = [
      messageIdOf(anId(15), 'waitlisted', 'email'),
      messageIdOf(anId(15), 'promoted', 'email'),
      messageIdOf(anId(15), 'lapsed', 'email'),
      messageIdOf(anId(15), 'confirmed', 'webhook'),
    ];

    const tooEarly = [await store.messages.claim(second, 'one#1'), await store.messages.claim(third, 'one#1')];
    const claimed = [await store.messages.claim(event, 'one#1'), await store.messages.claim(first, 'one#1')];
    const whileSending = await store.messages.claim(second, 'two#1');
    await store.messages.postpone(first, 1, at, '451');
    const whilePostponed = await store.messages.claim(second, 'two#1');
    await store.messages.park(first, 'for days');

    expect([...tooEarly, whileSending, whilePostponed]).toEqual(Array(4).fill({ kind: 'blocked' }));
    expect(claimed).toEqual(Array(2).fill({ kind: 'claimed', attempt: 1 }));
    expect((await store.messages.unsettled(anId(15))).map((message) => [message.id, message.state])).toEqual([
      [first, 'parked'],
      [second, 'pending'],
      [third, 'pending'],
      [event, 'sending'],
    ]);
    expect(await store.messages.claim(second, 'two#1')).toEqual({ kind: 'claimed', attempt: 1 });
  });

  test('that are overtaken are superseded with the reason: those that wait, and no others', async () => {
    const { store } = database;
    const all = (['accepted', 'waitlisted', 'promoted'] as const).map((name) => aMessageAbout(16, name));
    const [sending, postponed, untried] = [
      messageIdOf(anId(16), 'accepted', 'email'),
      messageIdOf(anId(16), 'waitlisted', 'email'),
      messageIdOf(anId(16), 'promoted', 'email'),
    ];
    await store.records.keep(aRecord(16), all, aWriter);
    await store.messages.claim(sending, 'one#1');
    const overtaken = 'Overtaken by a test.';

    await store.records.keep(
      aRecord(16, { revision: 2 }),
      all.map((message) => ({ ...message, overtaken })),
      aWriter,
    );
    await store.records.keep(aRecord(17), [aMessageAbout(17, 'waitlisted', { overtaken })], aWriter);

    expect(await store.messages.find(sending)).toMatchObject({ state: 'sending', detail: null });
    for (const id of [postponed, untried, aMessageAbout(17, 'waitlisted').id])
      expect(await store.messages.find(id)).toMatchObject({ state: 'superseded', detail: overtaken });
    const entry = { id: 'superseded', at, by: 'Olga', command: 'resolve-message' };
    expect(await store.messages.resolve(postponed, 'pending', 'again', entry)).toBeUndefined();
    expect(await store.messages.undelivered(everything)).not.toContainEqual(expect.objectContaining({ id: postponed }));
  });

  test('that did not arrive stop the clock, until they go out again; nobody waits for a word to a former address', async () => {
    const { store } = database;
    const names = ['accepted', 'lapsed', 'address-replaced'] as const;
    const all = names.map((name) => aMessageAbout(21, name));
    const [accepted, lapsed, former] = names.map((name) => messageIdOf(anId(21), name, 'email'));
    if (!accepted || !lapsed || !former) throw new Error('one is missing');
    await store.records.keep(aRecord(21), all, aWriter);
    for (const id of [accepted, lapsed, former]) await store.messages.park(id, 'refused');
    const before = await store.messages.outstandingLetters(anId(21));
    const undelivered = async () => (await store.messages.undelivered(everything)).map(({ id }) => id);
    const waitedFor = await undelivered();

    await store.records.keep(
      aRecord(21, { revision: 2 }),
      all.map((message) => ({
        ...{ ...message, overtaken: 'By another.' },
        ...(message.id === accepted && { isReplaced: true as const }),
      })),
      aWriter,
    );

    expect(before.sort()).toEqual(['accepted', 'address-replaced', 'lapsed']);
    expect((await store.messages.outstandingLetters(anId(21))).sort()).toEqual(['address-replaced', 'lapsed']);
    expect([waitedFor.includes(accepted), waitedFor.includes(former)]).toEqual([true, false]);
    expect(await store.messages.find(lapsed)).toMatchObject({ state: 'parked' });
  });

  test('that went to an address which is not in use, or perhaps never will be, keep nothing open', async () => {
    const { store } = database;
    const names = ['accepted', 'address-proof', 'address-changing', 'address-replaced', 'co-speaker-invited'] as const;
    const all = names.map((name) => aMessageAbout(22, name));
    await store.records.keep(aRecord(22), all, aWriter);

    for (const { id } of all) await store.messages.park(id, 'refused');

    const left = (await store.messages.undelivered(everything)).map(({ id }) => id);
    expect(left.filter((id) => all.some((message) => message.id === id))).toEqual([
      messageIdOf(anId(22), 'accepted', 'email'),
    ]);
  });

  test('that a restored database has lost are parked as perhaps sent; what is new is sent', async () => {
    const { store } = database;
    const [told, event, recent] = [
      aMessageAbout(18, 'accepted'),
      aMessageAbout(18, 'confirmed', { channel: 'webhook' }),
      aMessageAbout(18, 'attendance-reminder', { revision: 6 }),
    ];
    await store.records.keep(aRecord(18, { revision: 1 }), [], aWriter);

    await store.records.keep(aRecord(18, { revision: 6 }), [told, event, recent], { ...aWriter, known: 5 });

    expect(await store.messages.find(told.id)).toMatchObject({
      state: 'parked',
      detail: `The database had lost it, as after a restore: it was perhaps sent. Search the mail server's log for <${told.id}@example.org>.`,
    });
    expect(await store.messages.find(event.id)).toMatchObject({
      state: 'parked',
      detail: `The database had lost it, as after a restore: it was perhaps sent. Search its receiver for ${event.id}.`,
    });
    expect(await store.messages.find(recent.id)).toMatchObject({ state: 'pending', detail: null });
  });

  test('about what was told before a channel was set up are not written for it', async () => {
    const { store } = database;
    await store.records.keep(
      aRecord(19, { revision: 5 }),
      [aMessageAbout(19, 'confirmed', { channel: 'slack' })],
      aWriter,
    );
    const late = aMessageAbout(19, 'confirmed', { channel: 'webhook' });

    await store.records.keep(aRecord(19, { revision: 6 }), [late], { ...aWriter, known: 5 });

    expect(await store.messages.find(late.id)).toBeUndefined();
  });

  test('a message is written once, in whatever state it is by now, and also when the record is over', async () => {
    const id = await withMessage(3);
    await database.store.messages.claim(id, 'one#1');
    await database.store.messages.settle(id, 1, 'sent', null);

    await database.store.records.keep(
      aRecord(3, { revision: 2, conclusion: { kind: 'withdrawn' } }),
      [aMessage(3)],
      aWriter,
    );
    const late = { ...aMessage(3), id: messageIdOf(anId(3), 'failed', 'email') };
    await database.store.records.keep(aRecord(3, { revision: 3, conclusion: { kind: 'withdrawn' } }), [late], aWriter);

    expect(await database.store.messages.find(id)).toMatchObject({ state: 'sent' });
    expect(await pendingOf(database.store, anId(3))).toEqual([late.id]);
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
    await store.messages.claim(id, 'one#1');
    await store.messages.settle(id, 1, 'sent', null);
    expect(await store.messages.resolve(id, 'pending', 'again', entry)).toBeUndefined();
    expect(await store.messages.resolve(id, 'bounced', 'it came back', entry)).toMatchObject({ state: 'bounced' });
    expect(await store.messages.undelivered(everything)).toContainEqual(
      expect.objectContaining({ id, state: 'bounced' }),
    );
  });

  test('what waited when a backup was made is for a person after the restore', async () => {
    const id = await withMessage(10);

    await database.store.messages.parkUnsettled('restored');

    expect(await database.store.messages.find(id)).toMatchObject({ state: 'parked', detail: 'restored' });
  });
});

import { describe, expect, test } from 'vitest';
import { type MessageId, messageIdOf } from '../../../contract/mail/message-id.ts';
import { everything } from '../../../store/sight.ts';
import { anId } from '../../support/fixtures.ts';
import { aMessage, aRecord, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

describe.each(databases)('messages in the %s database', (kind) => {
  const database = useStore(kind);

  async function withMessage(seed: number): Promise<MessageId> {
    await database.store.records.keep(aRecord(seed), [aMessage(seed)], aWriter);
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
    const id = messageIdOf(anId(13), 'withdrawn', 'webhook');
    await store.records.keep(aRecord(13), [{ ...aMessage(13), id, channel: 'webhook' }], aWriter);

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

    await database.store.records.keep(
      aRecord(3, { revision: 2, conclusion: { kind: 'withdrawn' } }),
      [aMessage(3)],
      aWriter,
    );
    const late = { ...aMessage(3), id: messageIdOf(anId(3), 'failed', 'email') };
    await database.store.records.keep(aRecord(3, { revision: 2, conclusion: { kind: 'withdrawn' } }), [late], aWriter);

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

  test('what waited when a backup was made is for a person after the restore', async () => {
    const id = await withMessage(10);

    await database.store.messages.parkUnsettled('restored');

    expect(await database.store.messages.find(id)).toMatchObject({ state: 'parked', detail: 'restored' });
  });
});

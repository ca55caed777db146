import { describe, expect, test } from 'vitest';
import { messageStates } from '../../../contract/mail/message.ts';
import { type MessageId, messageIdOf } from '../../../contract/mail/message-id.ts';
import type { SubmissionRecord } from '../../../contract/record.ts';
import { everything } from '../../../store/sight.ts';
import { anId, messageIdIn } from '../../support/fixtures.ts';
import { aMessage, aRecord, aVerdict, aWriter, type Described } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';
const escalated: Described = {
  ...{ stage: 'selection' as const, verdicts: [aVerdict('shortlisting')] },
  panel: { due: at, isEscalated: true },
};

const withCode = (record: SubmissionRecord): SubmissionRecord => ({
  ...record,
  state: { ...record.state, code: 'BCDF-GHJK' },
});

describe.each(databases)('what waits for the organisers, in the %s database', (kind) => {
  const database = useStore(kind);
  const tell = (day: string) => database.store.digest.write(day, ['slack', 'webhook']);
  const contentOf = async (id: MessageId | undefined) => id && (await database.store.messages.find(id))?.content;

  test('is told by each way once a day, until it waits no more, whoever asks', async () => {
    const { store } = database;
    await store.records.keep(aRecord(1), [aMessage(1)], aWriter);
    const beforeAnythingWaits = await tell('2026-11-01');
    await store.records.keep(withCode(aRecord(2, escalated)), [], aWriter);
    await store.records.keep(aRecord(3, { ...escalated, revision: 1 }), [], aWriter);
    await store.records.keep(
      aRecord(3, { ...escalated, revision: 2, verdicts: [aVerdict('selection', { by: 'Olga' })] }),
      [],
      aWriter,
    );

    await store.messages.park(aMessage(1).id, 'nobody knows');
    const told = (await Promise.all(Array.from({ length: 10 }, () => tell('2026-11-01')))).flat();
    const again = await tell('2026-11-01');
    const next = await tell('2026-11-02');
    await store.messages.park(messageIdOf('digest', '2026-11-01', 'slack'), 'no answer');
    const entry = { id: 'resolution', at, by: 'Olga', command: 'resolve-message' };
    await store.messages.resolve(aMessage(1).id, 'abandoned', 'never mind', entry);
    await store.records.keep(aRecord(2, { ...escalated, revision: 9, conclusion: { kind: 'withdrawn' } }), [], aWriter);
    const after = await tell('2026-11-03');

    expect(beforeAnythingWaits).toEqual([]);
    expect(told).toEqual(['digest.2026-11-01.slack', 'digest.2026-11-01.webhook']);
    expect(again).toEqual([]);
    expect(next).toEqual(['digest.2026-11-02.slack', 'digest.2026-11-02.webhook']);
    expect(after).toEqual([]);
    const digest = {
      undelivered: { count: 1, submissions: [anId(1)] },
      overdue: { count: 1, submissions: [anId(2)] },
      codes: { [anId(2)]: 'BCDF-GHJK' },
    };
    expect(await store.messages.find(told[0] ?? aMessage(1).id)).toMatchObject({
      state: 'superseded',
      detail: 'Overtaken by the digest of 2026-11-02.',
    });
    expect(await contentOf(told[0])).toEqual({
      kind: 'digest',
      fields: { day: '2026-11-01', ...digest },
    });
  });

  test.each(['parked', 'refused', 'bounced'] as const)('has what is %s', async (state) => {
    const { store } = database;
    const seed = { parked: 11, refused: 12, bounced: 13 }[state];
    const day = `2026-12-${seed}`;
    await store.records.keep(aRecord(seed), [aMessage(seed)], aWriter);
    await store.messages.claim(aMessage(seed).id, 'one#1');
    await store.messages.settle(aMessage(seed).id, 1, state, null);

    const [id] = await tell(day);

    expect(await contentOf(id)).toMatchObject({
      fields: { day, undelivered: { submissions: expect.arrayContaining([anId(seed)]) } },
    });
  });

  test('has lines of its own in the ledger, which no closing waits for, and no person sees: they tell of each that waits', async () => {
    const { store } = database;
    const before = await store.messages.undelivered(everything);

    const [id = messageIdIn('none')] = await tell('2026-12-31');

    expect(await store.messages.find(id)).toMatchObject({ submission_id: null, release: 'digest', state: 'pending' });
    expect(await store.messages.undelivered(everything)).toEqual(before);
    const seen = { person: 'Olga', sees: () => true };
    expect(
      (await store.messages.after(messageIdIn('digest'), messageStates, 99, everything)).map((message) => message.id),
    ).toContain(id);
    expect(await store.messages.after(messageIdIn('digest'), messageStates, 99, seen)).toEqual([]);
  });
});

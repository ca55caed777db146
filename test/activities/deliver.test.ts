import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { createDeliver } from '../../activities/deliver.ts';
import type { Channel } from '../../contract/mail/message.ts';
import type { SpeakerRelease } from '../../contract/mail/releases.ts';
import type { Sending } from '../../messages/sending.ts';
import { NoAnswerError } from '../../store/unreachable.ts';
import { anId } from '../support/fixtures.ts';
import { aMessage, aMessageAbout, aRecord, aWriter } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

/** A local activity; with its task it may be repeated, also by another worker. */
const locally = () => new MockActivityEnvironment({ isLocal: true });

describe.each(databases)('the delivery of a message, with the %s database', (kind) => {
  const records = useStore(kind);

  test.each(['claim', 'settle'] as const)('is sent once, though the answer to a %s was lost', async (lost) => {
    const { store } = records;
    const seed = lost === 'claim' ? 1 : 2;
    const { id } = aMessage(seed);
    await store.records.keep(aRecord(seed), [aMessage(seed)], aWriter);
    let [sent, asked] = [0, 0];
    const answerLost = async <Value>(act: Promise<Value>): Promise<Value> => {
      const value = await act;
      asked += 1;
      if (asked === 1) throw new NoAnswerError('lost');
      return value;
    };
    const { deliver } = createDeliver({
      holdClock: async () => undefined,
      store: {
        messages: {
          ...store.messages,
          ...(lost === 'claim'
            ? { claim: (...given) => answerLost(store.messages.claim(...given)) }
            : { settle: (...given) => answerLost(store.messages.settle(...given)) }),
        },
      },
      sender: {
        prepare: async () => async () => {
          sent += 1;
          return { kind: 'sent' };
        },
      },
      wakeDelivery: async () => undefined,
    });

    await new MockActivityEnvironment().run(deliver, anId(seed));

    expect([sent, asked]).toEqual([1, 2]);
    expect(await store.messages.find(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  /** Sends to a channel as told, and notes in which order. */
  function aSender(outcomes: Partial<Record<Channel, Sending>>) {
    const [sent, woken, asked, personal]: [string[], string[], string[], boolean[]] = [[], [], [], []];
    let time = Date.parse('2026-11-01T12:00:00.000Z');
    const activities = createDeliver({
      holdClock: async () => undefined,
      askAnew: async (_, letter) => asked.push(letter) > 0,
      store: records.store,
      sender: {
        prepare:
          async ({ id, channel, isProved }) =>
          async () => {
            sent.push(id.split('.').slice(1).join('.'));
            personal.push(isProved);
            return outcomes[channel] ?? { kind: 'sent' };
          },
      },
      wakeDelivery: async (about) => woken.push(about),
      now: () => time,
    });
    const run = (name: 'sendMessages' | 'deliver', seed: number) =>
      new MockActivityEnvironment().run(activities[name], anId(seed)).catch((error: unknown) => {
        if (!(error instanceof ApplicationFailure)) throw error;
        return { type: error.type, pause: error.nextRetryDelay };
      });
    const pass = (milliseconds: number) => {
      time += milliseconds;
    };
    return { sent, woken, asked, personal, run, pass };
  }

  const letters = (seed: number) =>
    (['waitlisted', 'promoted', 'attendance-reminder'] as const).map((name) => aMessageAbout(seed, name));
  const events = (seed: number) =>
    (['panel-reminder', 'confirmed'] as const).map((name) => aMessageAbout(seed, name, { channel: 'webhook' }));
  const statesOf = async (seed: number) =>
    Promise.all(
      [...letters(seed), ...events(seed)].map(async ({ id }) => (await records.store.messages.find(id))?.state),
    );
  const later = { kind: 'postponed', detail: '451' } as const;

  test('sends all in order with the first attempts, and leaves nothing to a workflow', async () => {
    const { sent, woken, run } = aSender({});
    await records.store.records.keep(aRecord(3), letters(3), aWriter);

    await run('sendMessages', 3);

    expect(sent).toEqual(['waitlisted.email', 'promoted.email', 'attendance-reminder.email']);
    expect(woken).toEqual([]);
  });

  /** A sender that takes until it is told to go on. */
  function aSlowSender() {
    let goOn = () => {};
    const gone = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const sent: string[] = [];
    const aWorker = () =>
      createDeliver({
        holdClock: async () => undefined,
        store: records.store,
        sender: {
          prepare:
            async ({ id }) =>
            async () => {
              sent.push(id);
              await gone;
              return { kind: 'sent' };
            },
        },
        wakeDelivery: async () => undefined,
      });
    return { sent, goOn: () => goOn(), aWorker };
  }

  test('that takes long is left to an activity, which waits for the attempt instead of making another one', async () => {
    const { sent, goOn, aWorker } = aSlowSender();
    const { sendAtOnce, sendMessages } = aWorker();
    await records.store.records.keep(aRecord(7), [aMessage(7)], aWriter);

    const first = await locally().run(sendAtOnce, anId(7));
    const waiting = new MockActivityEnvironment().run(sendMessages, anId(7));
    goOn();

    expect([first, await waiting]).toEqual([{ areLeft: true }, []]);
    expect(sent).toHaveLength(1);
    expect(await records.store.messages.find(aMessage(7).id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('leaves nothing behind that was written while it was under way', async () => {
    const { sent, goOn, aWorker } = aSlowSender();
    const { sendAtOnce, sendMessages } = aWorker();
    const [first, second] = letters(9);
    if (first === undefined || second === undefined) throw new Error('no letters');
    await records.store.records.keep(aRecord(9), [first], aWriter);

    const begun = await locally().run(sendAtOnce, anId(9));
    await records.store.records.keep(aRecord(9, { revision: 2 }), [second], aWriter);
    const again = await locally().run(sendAtOnce, anId(9));
    const waiting = new MockActivityEnvironment().run(sendMessages, anId(9));
    goOn();

    expect([begun, again, await waiting]).toEqual([{ areLeft: true }, { areLeft: true }, []]);
    expect(sent).toEqual([first.id, second.id]);
  });

  test('is begun once, though its task is lost and another worker repeats it', async () => {
    const { sent, goOn, aWorker } = aSlowSender();
    await records.store.records.keep(aRecord(8), [aMessage(8)], aWriter);
    const stateNow = async () => (await records.store.messages.find(aMessage(8).id))?.state;

    const first = aWorker();
    const begun = await locally().run(first.sendAtOnce, anId(8));
    const repeated = await locally().run(aWorker().sendAtOnce, anId(8));
    const before = await stateNow();
    goOn();
    await new MockActivityEnvironment().run(first.sendMessages, anId(8));

    expect([begun, repeated]).toEqual([{ areLeft: true }, { undelivered: ['withdrawn'] }]);
    expect([sent.length, before, await stateNow()]).toEqual([1, 'parked', 'sent']);
  });

  test('is left to an activity while enough others are being sent', async () => {
    const { sent, goOn, aWorker } = aSlowSender();
    const { sendAtOnce, sendMessages } = aWorker();
    const seeds = Array.from({ length: 21 }, (_, at) => 20 + at);
    for (const seed of seeds) await records.store.records.keep(aRecord(seed), [aMessage(seed)], aWriter);

    await Promise.all(seeds.map((seed) => locally().run(sendAtOnce, anId(seed))));
    const before = sent.length;
    goOn();
    for (const seed of seeds) await new MockActivityEnvironment().run(sendMessages, anId(seed));

    expect([before, sent.length]).toEqual([20, 21]);
  });

  test('that is put off holds up its channel, and no other, and goes to a workflow', async () => {
    const { sent, woken, run } = aSender({ webhook: later });
    await records.store.records.keep(aRecord(4), [...events(4), ...letters(4)], aWriter);

    await run('sendMessages', 4);

    expect(sent.toSorted()).toEqual([
      'attendance-reminder.email',
      'panel-reminder.webhook',
      'promoted.email',
      'waitlisted.email',
    ]);
    expect(await statesOf(4)).toEqual(['sent', 'sent', 'sent', 'pending', 'pending']);
    expect(woken).toEqual([anId(4)]);
  });

  test('that is put off is tried again when it is due, and not before', async () => {
    const { sent, run, pass } = aSender({ email: later });
    await records.store.records.keep(aRecord(5), letters(5), aWriter);

    const first = await run('deliver', 5);
    pass(20_000);
    const tooEarly = await run('deliver', 5);
    pass(40_000);
    const second = await run('deliver', 5);

    expect([first, tooEarly, second]).toEqual([60_000, 40_000, 120_000].map((pause) => ({ type: 'Postponed', pause })));
    expect(sent).toEqual(['waitlisted.email', 'waitlisted.email']);
  });

  const hour = 3_600_000;

  /** Of a submission whose address isn't proved; to an address of its own. */
  const unproved = (seed: number, names: readonly SpeakerRelease[], to = `${seed}@example.org`) =>
    records.store.records.keep(
      aRecord(seed, { proved: undefined }),
      names.map((name) => aMessageAbout(seed, name, { to })),
      aWriter,
    );

  test('H38: that is held holds up nothing, and is tried again the next day', async () => {
    const { sent, woken, personal, run, pass } = aSender({});
    await unproved(50, ['receipt'], 'held@example.org');
    await run('sendMessages', 50);
    await unproved(51, ['receipt', 'waitlisted'], 'held@example.org');
    await records.store.records.keep(
      aRecord(51, { proved: undefined, revision: 2 }),
      [aMessageAbout(51, 'confirmed', { channel: 'webhook', revision: 2 })],
      { ...aWriter, known: 1 },
    );

    await run('sendMessages', 51);
    const sameDay = await run('deliver', 51);
    pass(13 * hour);
    const nextDay = await run('deliver', 51);

    expect([sameDay, nextDay]).toEqual([undefined, undefined]);
    expect(sent).toEqual(['receipt.email', 'confirmed.webhook', 'receipt.email']);
    expect([woken, personal]).toEqual([[], [false, false, false]]);
    const late = await records.store.messages.find(aMessageAbout(51, 'waitlisted').id);
    expect(late).toMatchObject({ state: 'held', due_at: null });
  });

  test('H38: that asks for an answer is written anew where it was held: its date has moved', async () => {
    const { sent, asked, run, pass } = aSender({});
    await unproved(52, ['receipt'], 'asked@example.org');
    await run('sendMessages', 52);
    await unproved(53, ['accepted'], 'asked@example.org');

    const undelivered = await run('sendMessages', 53);
    pass(14 * hour);
    const nextDay = await run('deliver', 53);

    expect([undelivered, nextDay]).toEqual([['accepted'], undefined]);
    expect([sent, asked]).toEqual([['receipt.email'], ['accepted']]);
  });

  test('H38: has the words for which its address is proved when it goes out', async () => {
    const { personal, run } = aSender({});
    const { messages } = records.store;
    await unproved(54, ['rejected']);
    const [unsettled] = await messages.unsettled(anId(54));
    await records.store.records.keep(aRecord(54, { revision: 2 }), [], { ...aWriter, known: 1 });
    const before = messages.unsettled;
    messages.unsettled = async () => (unsettled ? [unsettled] : []);

    await run('sendMessages', 54);
    messages.unsettled = before;

    expect([unsettled?.isProved, personal]).toEqual([false, [true]]);
  });

  test('is given up after days, with all that waited behind it on its channel', async () => {
    const { sent, run, pass } = aSender({ webhook: later });
    await records.store.records.keep(aRecord(6), [...events(6), ...letters(6)], aWriter);

    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await run('deliver', 6);
      pass(30 * 3_600_000);
    }

    expect(sent.filter((id) => id.endsWith('webhook'))).toEqual(Array(10).fill('panel-reminder.webhook'));
    expect(await statesOf(6)).toEqual(['sent', 'sent', 'sent', 'parked', 'parked']);
    expect(await run('deliver', 6)).toBeUndefined();
  });
});

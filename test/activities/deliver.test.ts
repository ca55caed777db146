import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { createDeliver } from '../../activities/deliver.ts';
import { NoAnswerError } from '../../store/unreachable.ts';
import { aMessage, aRecord, aWriter } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

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
    const deliver = createDeliver({
      store: {
        messages: {
          ...store.messages,
          ...(lost === 'claim'
            ? { claim: (...given) => answerLost(store.messages.claim(...given)) }
            : { settle: (...given) => answerLost(store.messages.settle(...given)) }),
        },
      },
      sender: {
        organiserChannels: ['outbox'],
        forget: async () => undefined,
        prepare: async () => async () => {
          sent += 1;
          return { kind: 'sent' };
        },
      },
    });

    const result = await new MockActivityEnvironment().run(deliver, id);

    expect([result, sent, asked]).toEqual(['sent', 1, 2]);
    expect(await store.messages.find(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });
});

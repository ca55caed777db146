import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, test } from 'vitest';
import { createSendAccess } from '../../activities/send-access.ts';
import type { AccessMail } from '../../messages/message-sender.ts';
import type { Sending } from '../../messages/sending.ts';
import { aSubmission } from '../support/fixtures.ts';
import { aRecord, aWriter } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

const noon = Date.parse('2026-11-01T12:00:00.000Z');
const [minute, hour] = [60_000, 3_600_000];
const settings = { call: { name: 'Test Conf', contact: 'programme@example.org' }, timeZone: 'Europe/Berlin' };

describe.each(databases)('access mails, with the %s database', (kind) => {
  const records = useStore(kind);
  let seed = 0;

  async function aTalkOf(email: string) {
    seed += 1;
    const submission = aSubmission({ title: `Talk ${seed}`, speaker: { name: 'Somebody', email } });
    await records.store.records.keep(aRecord(seed, {}, submission), [], aWriter);
  }

  /** A mail server that answers as told, and the workers that send by it. */
  function aService(answer: () => Promise<Sending> = async () => ({ kind: 'sent' })) {
    const mails: AccessMail[] = [];
    let time = noon;
    const aWorker = ({ store = records.store } = {}) => {
      const sendAccess = createSendAccess({
        store,
        sender: {
          prepareAccess: async (mail) => async () => {
            mails.push(mail);
            return answer();
          },
        },
        now: () => time,
      });
      return (activityId = 'one', attempt = 1) =>
        new MockActivityEnvironment({ activityId, attempt }).run(sendAccess).catch((error: unknown) => {
          if (!(error instanceof ApplicationFailure)) throw error;
          return error.nextRetryDelay;
        });
    };
    const ask = async (...holders: string[]) => {
      for (const holder of holders) {
        const request = { id: crypto.randomUUID(), holder, call: JSON.stringify(settings) };
        await records.store.accessRequests.write({ ...request, asked_at: new Date(time).toISOString() });
      }
    };
    const pass = (milliseconds: number) => {
      time += milliseconds;
    };
    const isEmpty = async () => {
      const { accessRequests } = records.store;
      return (await accessRequests.next()) === undefined && !(await accessRequests.areClaimed());
    };
    return { mails, aWorker, ask, pass, isEmpty };
  }

  test('H39: go to the address as the talks have it, one for all that wait, and none where there is no talk', async () => {
    const { mails, aWorker, ask, isEmpty } = aService();
    await aTalkOf('Ada@Example.org');
    await ask('ada@example.org', 'nobody@example.org', 'ada@example.org', 'ada+tag@example.org');

    const pause = await aWorker()();

    expect(mails).toEqual([{ ...settings, id: expect.any(String), holder: 'ada@example.org', to: 'Ada@Example.org' }]);
    expect([pause, await isEmpty()]).toEqual([undefined, true]);
  });

  test('H38: are three a day for one address; what is over that goes out the day after, as one', async () => {
    const { mails, aWorker, ask, pass, isEmpty } = aService();
    const send = aWorker();
    await aTalkOf('ben@example.org');

    const pauses = [];
    for (let time = 0; time < 5; time += 1) {
      await ask('ben@example.org');
      pauses.push(await send());
    }
    const onTheDay = mails.length;
    // The day after begins in 12 hours; not all that waits for it goes out at its first moment.
    pass(13 * hour);
    pauses.push(await send());

    expect([onTheDay, mails.length]).toEqual([3, 4]);
    const isNextDay = (pause: number) => pause >= 12 * hour && pause < 13 * hour;
    const untilNextDay = expect.toSatisfy(isNextDay);
    expect(pauses).toEqual([undefined, undefined, undefined, untilNextDay, untilNextDay, undefined]);
    expect(await isEmpty()).toBe(true);
  });

  test('two workers at once send one', async () => {
    const { mails, aWorker, ask, isEmpty } = aService();
    await aTalkOf('two@example.org');
    await ask('two@example.org', 'two@example.org');

    await Promise.all([aWorker()('one'), aWorker()('another'), aWorker()('third')]);

    expect(mails).toHaveLength(1);
    expect(await isEmpty()).toBe(true);
  });

  test('are tried again for an hour, on the account of one, and then dropped', async () => {
    const { mails, aWorker, ask, pass, isEmpty } = aService(async () => ({ kind: 'postponed', detail: '451' }));
    const send = aWorker();
    await aTalkOf('down@example.org');
    await ask('down@example.org');

    const pauses = [await send()];
    for (let tried = 0; tried < 30; tried += 1) {
      pass(2 * minute);
      pauses.push(await send());
    }

    expect(pauses).toEqual([...Array(30).fill(2 * minute), undefined]);
    expect([mails.length, await isEmpty()]).toEqual([31, true]);
    expect(await records.store.budgets.chargeStrangers('down@example.org', new Date(noon))).toBe('charged');
    expect(await records.store.budgets.chargeStrangers('down@example.org', new Date(noon))).toBe('charged');
    expect(await records.store.budgets.chargeStrangers('down@example.org', new Date(noon))).not.toBe('charged');
  });

  test.each(['refused', 'unknown'] as const)('are not sent again after “%s”', async (kind) => {
    const { mails, aWorker, ask, isEmpty } = aService(async () => ({ kind, detail: 'somehow' }));
    await aTalkOf(`${kind}@example.org`);
    await ask(`${kind}@example.org`);

    const pause = await aWorker()();

    expect([mails.length, pause, await isEmpty()]).toEqual([1, undefined, true]);
  });

  test('that broke off while they were sent are not sent again; other requests are', async () => {
    const { mails, aWorker, ask, isEmpty } = aService(() => new Promise(() => {}));
    await aTalkOf('broken@example.org');
    await ask('broken@example.org');
    void aWorker()('dies', 1);
    await expect.poll(() => mails.length).toBe(1);
    const other = aService();
    await aTalkOf('other@example.org');
    await other.ask('other@example.org');

    const beside = await other.aWorker()('lives', 1);
    const pause = await other.aWorker()('dies', 2);

    expect(other.mails.map(({ to }) => to)).toEqual(['other@example.org']);
    expect([beside, pause, await isEmpty()]).toEqual([10_000, undefined, true]);
  });

  test('that broke off before they were sent are sent by the next attempt, and not by both', async () => {
    const { mails, aWorker, ask, isEmpty } = aService();
    await aTalkOf('slow@example.org');
    await ask('slow@example.org');
    let goOn = () => {};
    const stopped = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { store } = records;
    const chargeStrangers: typeof store.budgets.chargeStrangers = async (...args) => {
      await stopped;
      return store.budgets.chargeStrangers(...args);
    };
    const first = aWorker({ store: { ...store, budgets: { ...store.budgets, chargeStrangers } } })('slow', 1);
    await expect.poll(() => store.accessRequests.areClaimed()).toBe(true);

    await aWorker()('slow', 2);
    goOn();
    await first;

    expect(mails).toHaveLength(1);
    expect(await isEmpty()).toBe(true);
  });
});

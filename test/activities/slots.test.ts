import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterEach, describe, expect, test } from 'vitest';
import { createSlots } from '../../activities/slots.ts';
import { untilAnnouncement } from '../../contract/held-until.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import { openStore, type Store } from '../../store/store.ts';
import { anId } from '../support/fixtures.ts';
import { whileWritesAreLocked } from '../support/locks.ts';
import { aRecord, aVerdict, aWriter } from '../support/records.ts';
import { databases, useStore } from '../support/stores.ts';

type Promote = (id: SubmissionId, freedBy: SubmissionId) => Promise<boolean>;

const at = '2026-11-02T12:00:00.000Z';
const by = { by: 'Olga', announcing: { disclosure: 'progress' as const } };

/** Milliseconds, so that a lock fails a write soon. */
const soon = { connection: 50, use: 100 };

describe.each(databases)('a free slot, with the %s database', (kind) => {
  const database = useStore(kind);

  const wait = (seed: number, rank: number) =>
    database.store.records.keep(
      aRecord(seed, { stage: 'selection', verdicts: [aVerdict('selection', { outcome: 'waitlisted', rank })] }),
      [],
      aWriter,
    );

  /** The workflow has taken the slot, and its record says so. */
  const recordPromotion = (id: SubmissionId, promotedBy: SubmissionId) => {
    const record = aRecord(1, { id, promotedBy, stage: 'selection', revision: 2, verdicts: [aVerdict('selection')] });
    return database.store.records.keep(record, [], aWriter);
  };

  /** @param promote its calls are in `asked` */
  function slots(promote: Promote = async () => true, store: Pick<Store, 'waitingList'> = database.store) {
    const asked: SubmissionId[] = [];
    const { passSlotOn, releaseHeldSlots, dropSlots } = createSlots({
      store,
      promote: (id, slot) => {
        asked.push(id);
        return promote(id, slot);
      },
    });
    const run = <Value>(activity: () => Promise<Value>) =>
      new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(activity);
    return {
      asked,
      dropSlots,
      pass: (slot: SubmissionId, held?: string) =>
        run(() => passSlotOn(held === undefined ? { freedBy: slot } : { freedBy: slot, held })),
      release: () => run(releaseHeldSlots),
    };
  }

  const freeSlots = () => database.store.waitingList.freeSlots();

  afterEach(async () => {
    for (const id of await database.store.waitingList.submissions()) await database.store.erasures.erase(id, at);
    await database.store.waitingList.drop();
  });

  test('goes to one submission if the worker dies after the promotion, and the list has changed', async () => {
    await wait(101, 1);
    await wait(102, 2);
    const dying = slots(async (id, slot) => {
      await recordPromotion(id, slot);
      throw new Error('the worker died');
    });
    await expect(dying.pass(anId(100))).rejects.toThrow('the worker died');
    await wait(103, 1);

    const next = slots();
    const taker = await next.pass(anId(100));

    expect([taker, dying.asked, next.asked]).toEqual([anId(101), [anId(101)], []]);
    expect(await freeSlots()).toEqual([]);
  });

  test('goes to one submission if the worker dies before anything of the promotion is on record', async () => {
    await wait(111, 1);
    await wait(112, 2);
    const dying = slots(() => Promise.reject(new Error('the worker died')));
    await expect(dying.pass(anId(110))).rejects.toThrow('the worker died');
    await wait(113, 1);

    const next = slots();
    const taker = await next.pass(anId(110));

    expect([taker, next.asked]).toEqual([anId(111), [anId(111)]]);
  });

  test.each([
    ['still has the slot', true],
    ['has ended, and answers no more', false],
  ])(
    'goes to one submission if a lock keeps its line from being written, and the promoted one %s',
    async (_, again) => {
      const [slot, first, second] = again ? [120, 121, 122] : [123, 124, 125];
      await wait(first, 1);
      await wait(second, 2);
      const impatient = openStore(database.location, () => undefined, soon);
      const take: Store['waitingList']['take'] = (...line) =>
        whileWritesAreLocked(database.location, 'freed_slots', () => impatient.waitingList.take(...line));
      const blocked = slots(async () => true, { waitingList: { ...impatient.waitingList, take } });
      await expect(blocked.pass(anId(slot))).rejects.toThrow();
      if (!again) await recordPromotion(anId(first), anId(slot));

      const retry = slots(async (id) => again && id === anId(first));
      const taker = await retry.pass(anId(slot));

      expect([taker, blocked.asked, retry.asked]).toEqual([anId(first), [anId(first)], again ? [anId(first)] : []]);
      await impatient.close();
    },
  );

  test('goes to the next on the list if the first one does not take it, and to nobody if all refuse', async () => {
    await wait(131, 1);
    await wait(132, 2);

    const one = slots(async (id) => id !== anId(131));
    const taker = await one.pass(anId(130));
    const none = slots(async () => false);
    const nobody = await none.pass(anId(133));

    expect([taker, one.asked]).toEqual([anId(132), [anId(131), anId(132)]]);
    expect([nobody, none.asked]).toEqual([undefined, [anId(131)]]);
    expect(await freeSlots()).toEqual([anId(133)]);
  });

  test('goes to the next if the one who has just said yes is erased', async () => {
    await wait(141, 1);
    await wait(142, 2);

    const { asked, pass } = slots(async (id) => {
      if (id === anId(141)) await database.store.erasures.erase(id, at, by);
      return true;
    });
    const taker = await pass(anId(140));

    expect([taker, asked]).toEqual([anId(142), [anId(141), anId(142)]]);
  });

  test('goes to one submission if its own was reopened and both are erased', async () => {
    const accepted = { stage: 'selection' as const, verdicts: [aVerdict('selection')] };
    await wait(151, 1);
    await wait(152, 2);
    await database.store.records.keep(aRecord(153, accepted), [], aWriter);
    const { asked, pass } = slots();
    const taker = await pass(anId(153));
    await database.store.records.keep(aRecord(154, { ...accepted, original: anId(153) }), [], aWriter);

    await database.store.erasures.erase(anId(153), at, by);
    await database.store.waitingList.release();
    for (const slot of await freeSlots()) await pass(slot);

    expect(asked).toEqual([taker]);
  });

  test('goes on from one to the next as each declines', async () => {
    for (const seed of [161, 162]) await wait(seed, seed);
    const { pass } = slots();

    const takers = [await pass(anId(160)), await pass(anId(161)), await pass(anId(162)), await pass(anId(160))];

    expect(takers).toEqual([anId(161), anId(162), undefined, anId(161)]);
  });

  test('stays free while nobody waits, and goes to whoever does later', async () => {
    const { pass } = slots();
    const before = await pass(anId(170));
    await wait(171, 1);

    const slot = await freeSlots();
    const after = await pass(anId(170));

    expect([before, slot, after]).toEqual([undefined, [anId(170)], anId(171)]);
  });

  test('H19: is not given on while it is held, and is as soon as something is announced', async () => {
    for (const seed of [181, 182]) await wait(seed, seed);
    const { asked, pass, release } = slots();
    const held = [await pass(anId(183), untilAnnouncement), await pass(anId(184), '2999-01-01T00:00:00.000Z')];
    const told = [...asked];
    // By a reconciler, which knows nothing of it.
    const again = await pass(anId(183));

    await release();

    expect([held, told, again]).toEqual([[undefined, undefined], [], undefined]);
    expect(asked).toEqual([anId(181), anId(182)]);
    expect(await freeSlots()).toEqual([]);
  });

  test('does not keep others from being given on if its promotion fails, and is given on by the next try', async () => {
    for (const seed of [191, 192]) await wait(seed, seed);
    const failing = slots(async (id) => {
      if (id === anId(191)) throw new Error('its task fails');
      return true;
    });
    for (const slot of [193, 194]) await failing.pass(anId(slot), untilAnnouncement);

    await failing.release();
    const free = await freeSlots();
    const taker = await slots().pass(anId(193));

    expect([failing.asked, free, taker]).toEqual([[anId(191), anId(192)], [anId(193)], anId(191)]);
  });

  test('goes to nobody once the call is closed, whoever tries', async () => {
    for (const seed of [201, 202]) await wait(seed, seed);
    const { asked, pass, release, dropSlots } = slots(async () => false);
    await pass(anId(203));
    await pass(anId(204), untilAnnouncement);
    asked.length = 0;

    await dropSlots();
    const passed = [await pass(anId(203)), await pass(anId(204))];
    await release();

    expect([passed, asked]).toEqual([[undefined, undefined], []]);
    expect(await freeSlots()).toEqual([]);
  });

  test('is given on once by workers and reconcilers at once', async () => {
    for (const seed of [211, 212, 213, 214, 215]) await wait(seed, seed);
    const workers = [1, 2, 3].map(() => slots());

    const takers = await Promise.all(
      workers.map(({ pass }) => Promise.all([216, 217, 218].map((slot) => pass(anId(slot))))),
    );

    const promoted = new Set(workers.flatMap(({ asked }) => asked));
    expect(new Set(takers.flat())).toEqual(promoted);
    expect(promoted).toEqual(new Set([211, 212, 213].map(anId)));
  });
});

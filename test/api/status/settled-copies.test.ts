import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createStatusReader, freshness, renewal } from '../../../api/status/status-reader.ts';
import type { Reading } from '../../../api/status/status-source.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { deadlineIn } from '../../../process/deadline.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord } from '../../support/records.ts';

const ids = [anId(1), anId(2), anId(3)];
const [id = anId(1)] = ids;
const final: Reading = {
  kind: 'found',
  status: publicStatus(aRecord(1, { conclusion: { kind: 'rejected' } }).state),
  isFinal: true,
};

/** A reader of what is on record, and what it asked for. */
function aReader() {
  const world = { now: 0, erased: 0, isAway: false, reading: final, reads: 0, counts: 0 };
  const reader = createStatusReader(
    {
      name: 'record',
      read: async () => {
        world.reads += 1;
        const { reading } = world;
        await turn();
        return reading;
      },
    },
    {
      count: async () => {
        world.counts += 1;
        if (world.isAway) throw new Error('the database is away');
        return world.erased;
      },
    },
    () => world.now,
  );
  const read = async (one = id) => (await reader.read(one, deadlineIn(60_000))).kind;

  /** Polls as often as clients do, so that copies are renewed ahead. */
  async function pollFor(milliseconds: number) {
    for (const end = world.now + milliseconds; world.now < end; world.now += 50) {
      for (const one of ids) await read(one);
      await turn();
    }
  }
  return { world, read, pollFor };
}

test('what never changes again is read once, and for all of it one question a second is asked', async () => {
  const { world, pollFor } = aReader();
  // What was read before the first count isn't kept yet.
  await pollFor(2 * freshness);
  const { reads, counts } = world;

  await pollFor(10 * freshness);

  expect(world.reads - reads).toBe(0);
  expect(world.counts - counts).toBeLessThanOrEqual(Math.ceil((10 * freshness) / renewal));
});

test('H15: an erasure by another gateway is noticed as soon as a copy of it would have ended', async () => {
  const { world, read, pollFor } = aReader();
  await pollFor(2 * freshness);

  Object.assign(world, { erased: 1, reading: { kind: 'erased' } });
  await pollFor(freshness);

  expect(await read()).toBe('erased');
});

test('H15: a reading that began before an erasure was noticed is not kept', async () => {
  const { world, read, pollFor } = aReader();
  await pollFor(2 * freshness);
  world.now += 2 * freshness;

  const reading = read(anId(4));
  // Between the reading and its end, the erasure is counted.
  world.erased = 1;
  await read();
  await reading;
  world.reading = { kind: 'erased' };
  await pollFor(2 * freshness);

  expect(await read(anId(4))).toBe('erased');
});

test('H15, H16: while erasures can not be counted, each is read by itself', async () => {
  const { world, pollFor } = aReader();
  await pollFor(2 * freshness);
  world.isAway = true;
  await pollFor(freshness);
  const { reads } = world;

  await pollFor(2 * freshness);

  expect(world.reads - reads).toBeGreaterThanOrEqual(2 * ids.length);
});

import { describe, expect, test } from 'vitest';
import { createLimits } from '../../api/limits/limits.ts';
import { freePort } from '../../dev/ports.ts';
import { openStore } from '../../store/store.ts';
import { databases, useStore } from '../support/stores.ts';

const quota = 300;

/** How many of so many requests, of one client at several gateways in turn, are let through. */
async function letThrough(gateways: ReturnType<typeof createLimits>[], requests: number, client: string) {
  let count = 0;
  for (let request = 0; request < requests; request += 1) {
    const limits = gateways[request % gateways.length];
    await limits?.charge('submit', client).then(
      () => {
        count += 1;
      },
      () => undefined,
    );
  }
  return count;
}

describe.each(databases)('H27: limits that are counted in the %s database', (kind) => {
  const database = useStore(kind);

  /** A gateway's own, with connections of its own. */
  function aGateway() {
    const store = openStore(database.location, () => undefined);
    const counters = store.openCounters();
    return {
      limits: createLimits(counters.makeCounter),
      close: async () => {
        await counters.close();
        await store.close();
      },
    };
  }

  test('hold for all gateways together, and for each client alone', async () => {
    const gateways = [aGateway(), aGateway()];
    const limits = gateways.map((gateway) => gateway.limits);

    expect(await letThrough(limits, quota + 10, '192.0.2.1')).toBe(quota);
    expect(await letThrough(limits, 10, '192.0.2.2')).toBe(10);

    for (const { close } of gateways) await close();
  });

  test('are read by another gateway than the one that counted', async () => {
    const [one, other] = [aGateway(), aGateway()];
    await letThrough([one.limits], quota, '192.0.2.3');

    expect(await other.limits.isSpent('submit', '192.0.2.3')).toBe(true);

    await one.close();
    await other.close();
  });
});

test('H27: with PostgreSQL out of reach, each gateway counts alone, and refuses nobody else', async () => {
  const store = openStore(`postgres://nobody@127.0.0.1:${await freePort()}/nothing`, () => undefined);
  const limits = createLimits(store.openCounters().makeCounter);

  expect(await letThrough([limits], quota + 10, '192.0.2.1')).toBe(quota);

  await store.close();
});

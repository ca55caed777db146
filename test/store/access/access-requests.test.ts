import { describe, expect, test } from 'vitest';
import { databases, useStore } from '../../support/stores.ts';

const at = (second: number) => new Date(Date.parse('2026-11-01T12:00:00.000Z') + 1_000 * second).toISOString();

describe.each(databases)('requests for access in the %s database', (kind) => {
  const database = useStore(kind);

  async function asked(holder: string, ...seconds: number[]) {
    for (const second of seconds)
      await database.store.accessRequests.write({
        ...{ id: `${holder}-${second}`, holder, call: `{"at":${second}}`, asked_at: at(second) },
      });
  }

  const claimed = (holder: string, second: number, isCharged = false) => ({
    ...{ id: `${holder}-${second}`, holder, call: `{"at":${second}}`, asked_at: at(second) },
    ...{ staleAt: at(second + 3_600), isCharged },
  });

  test('the one that is due first comes next, and none that is being answered', async () => {
    const { accessRequests } = database.store;
    await asked('later', 5);
    await asked('first', 2);

    const nexts = [await accessRequests.next()];
    await accessRequests.claim('first', 'one#1');
    nexts.push(await accessRequests.next());
    await accessRequests.claim('later', 'one#1');
    nexts.push(await accessRequests.next());

    expect(nexts).toEqual([{ holder: 'first', due_at: at(2) }, { holder: 'later', due_at: at(5) }, undefined]);
    expect(await accessRequests.areClaimed()).toBe(true);
    for (const id of ['first-2', 'later-5']) await accessRequests.remove(id);
    expect(await accessRequests.areClaimed()).toBe(false);
  });

  test('all of one address become one, the latest', async () => {
    const { accessRequests } = database.store;
    await asked('ada', 3, 1, 2);
    await asked('ben', 4);

    const claim = await accessRequests.claim('ada', 'one#1');
    await accessRequests.remove('ada-3');

    expect(claim).toEqual(claimed('ada', 3));
    expect(await accessRequests.claim('ada', 'one#1')).toBeUndefined();
    expect(await accessRequests.claim('ben', 'one#1')).toEqual(claimed('ben', 4));
    await accessRequests.clear();
  });

  test('of twenty who claim it at once one gets it, and once more if the answer was lost', async () => {
    const { accessRequests } = database.store;
    await asked('ada', 1, 2);

    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, worker) => accessRequests.claim('ada', `${worker}#1`)),
    );
    const winner = claims.findIndex((claim) => claim !== undefined);

    expect(claims.filter((claim) => claim !== undefined)).toEqual([claimed('ada', 2)]);
    expect(await accessRequests.claim('ada', `${winner}#1`)).toEqual(claimed('ada', 2));
    await accessRequests.clear();
  });

  test('one whose attempt broke off waits again if nothing was sent, and is dropped if something may have been', async () => {
    const { accessRequests } = database.store;
    await asked('unsent', 1);
    await asked('perhaps', 2);
    for (const holder of ['unsent', 'perhaps']) await accessRequests.claim(holder, 'one#1');
    const begun = await accessRequests.begin('perhaps-2', 'one#1');

    await accessRequests.settleInterrupted('another#1');
    const ofAnother = await accessRequests.next();
    await accessRequests.settleInterrupted('one#2');

    expect([begun, ofAnother]).toEqual([true, undefined]);
    expect(await accessRequests.next()).toEqual({ holder: 'unsent', due_at: at(1) });
    expect(await accessRequests.areClaimed()).toBe(false);
    // The first attempt is alive all the same: it sends nothing.
    expect(await accessRequests.begin('unsent-1', 'one#1')).toBe(false);
    await accessRequests.clear();
  });

  test('one that is postponed is charged no second time; one that is held is as fresh as on the first day', async () => {
    const { accessRequests } = database.store;
    await asked('ada', 1);
    await accessRequests.claim('ada', 'one#1');
    await accessRequests.begin('ada-1', 'one#1');

    await accessRequests.postpone('ada-1', at(120));
    await asked('ada', 9);
    const postponed = await accessRequests.claim('ada', 'one#2');
    await accessRequests.hold('ada-9', at(86_400));
    const held = await accessRequests.claim('ada', 'one#3');

    expect(postponed).toEqual(claimed('ada', 9, true));
    expect(held).toEqual({ ...claimed('ada', 9, true), staleAt: at(86_400 + 3_600) });
    await accessRequests.clear();
  });
});

import { afterAll, describe, expect, test } from 'vitest';
import { messageIdOf } from '../../../contract/mail/message-id.ts';
import type { SpeakerRelease } from '../../../contract/mail/releases.ts';
import { openDatabase } from '../../../store/database.ts';
import type { Claim } from '../../../store/messages/attempts.ts';
import { everything } from '../../../store/sight.ts';
import { openStore, type Store } from '../../../store/store.ts';
import { anId } from '../../support/fixtures.ts';
import { aMessageAbout, aRecord, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const [minute, hour] = [60_000, 3_600_000];
const noon = Date.parse('2026-11-26T12:00:00.000Z');
const [tomorrow, afterTomorrow] = [noon + 24 * hour, noon + 48 * hour];
const midnight = Date.parse('2026-11-27T00:00:00.000Z');

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index);
const kinds = (claims: readonly Claim[]) => claims.map(({ kind }) => kind);

describe.each(databases)('H38: letters to one address, in the %s database', (kind) => {
  const database = useStore(kind);
  const opened: Store[] = [];
  afterAll(() => Promise.all(opened.map((store) => store.close())));

  type Given = { to: string; isProved?: boolean; origin?: string };

  async function write(seed: number, names: readonly SpeakerRelease[], { to, isProved = false, origin }: Given) {
    const letters = names.map((name) => aMessageAbout(seed, name, { to, ...(origin && { origin }) }));
    await database.store.records.keep(aRecord(seed, { proved: isProved ? true : undefined }), letters, aWriter);
  }

  const prove = (seed: number) =>
    database.store.records.keep(aRecord(seed, { revision: 2, proved: true }), [], { ...aWriter, known: 1 });

  const idOf = (seed: number, name: SpeakerRelease) => messageIdOf(anId(seed), name, 'email');

  /** Claims it, and has it sent if it may be. */
  async function send(seed: number, name: SpeakerRelease, now = noon, store = database.store): Promise<Claim> {
    const claim = await store.messages.claim(idOf(seed, name), `${seed}.${name}#1`, now);
    if (claim.kind === 'claimed') await store.messages.settle(idOf(seed, name), claim.attempt, 'sent', null);
    return claim;
  }

  const found = (seed: number, name: SpeakerRelease) => database.store.messages.find(idOf(seed, name));

  function another(): Store {
    const store = openStore(database.location, () => undefined);
    opened.push(store);
    return store;
  }

  test('of many about unproved submissions one goes out, which stands for all that wait', async () => {
    for (const seed of seeds(100, 5)) await write(seed, ['receipt', 'rejected'], { to: 'victim@example.org' });

    const first = await send(100, 'receipt');
    const others = [await send(100, 'rejected'), await send(101, 'receipt'), await send(104, 'rejected')];

    expect(first).toEqual({ kind: 'claimed', attempt: 1, isImpersonal: true });
    expect(others).toEqual(Array(3).fill({ kind: 'held', dueAt: null }));
    expect(await found(101, 'receipt')).toMatchObject({
      ...{ state: 'held', due_at: null, attempts: 0 },
      detail: expect.stringMatching(/^The letter to the same address of .* stands for it\./),
    });
    expect((await database.store.messages.unsettled(anId(101))).map(({ release }) => release)).toEqual(['rejected']);
  });

  test('what comes later that day goes out the next day, once for all of them', async () => {
    const to = 'later@example.org';
    await write(110, ['receipt'], { to });
    await send(110, 'receipt');
    for (const seed of [111, 112]) await write(seed, ['receipt'], { to: to.toUpperCase() });

    const today = [await send(111, 'receipt'), await send(112, 'receipt', noon + hour)];
    const due = today.map((claim) => (claim.kind === 'held' ? Date.parse(claim.dueAt ?? '') : 0));
    const tooEarly = await send(111, 'receipt', midnight - 1);
    const next = [await send(111, 'receipt', tomorrow), await send(112, 'receipt', tomorrow)];

    expect(kinds([...today, tooEarly])).toEqual(['held', 'held', 'held']);
    for (const at of due) {
      expect(at).toBeGreaterThanOrEqual(midnight);
      expect(at).toBeLessThan(midnight + hour);
    }
    expect(next).toEqual([
      { kind: 'claimed', attempt: 1, isImpersonal: true },
      { kind: 'held', dueAt: null },
    ]);
    expect(await send(112, 'receipt', afterTomorrow)).toEqual({ kind: 'held', dueAt: null });
  });

  test('a letter that is tried again counts once a day, and holds none that was sent before it', async () => {
    const to = 'grey@example.org';
    await write(120, ['receipt'], { to });
    const { messages } = database.store;
    const id = idOf(120, 'receipt');

    await messages.claim(id, 'one#1', noon);
    await messages.postpone(id, 1, new Date(noon + minute).toISOString(), '451');
    const again = await messages.claim(id, 'one#2', noon + minute);
    await messages.postpone(id, 2, new Date(tomorrow).toISOString(), '451');
    const nextDay = await messages.claim(id, 'one#3', tomorrow);

    expect([again, nextDay]).toEqual([2, 3].map((attempt) => ({ kind: 'claimed', attempt, isImpersonal: true })));
  });

  test('strangers cause three a day, invitations among them; letters of proved submissions are apart', async () => {
    const to = 'popular@example.org';
    await write(130, ['receipt'], { to });
    for (const seed of seeds(131, 3)) await write(seed, ['co-speaker-invited'], { to, isProved: true });
    await write(134, ['accepted'], { to, isProved: true });

    const caused = [
      await send(130, 'receipt'),
      await send(131, 'co-speaker-invited'),
      await send(132, 'co-speaker-invited'),
      await send(133, 'co-speaker-invited'),
    ];
    const asked = await database.store.budgets.chargeStrangers(to, new Date(noon));
    const own = await send(134, 'accepted');
    const nextDay = [await send(133, 'co-speaker-invited', tomorrow), await send(130, 'receipt', tomorrow)];

    expect(kinds(caused)).toEqual(['claimed', 'claimed', 'claimed', 'held']);
    expect(asked).toEqual({ heldUntil: expect.stringMatching(/^2026-11-27T00:/) });
    expect(own).toEqual({ kind: 'claimed', attempt: 1 });
    expect(kinds(nextDay)).toEqual(['claimed', 'settled']);
  });

  test('what a stranger asks for counts with the rest, three a day', async () => {
    const { chargeStrangers } = database.store.budgets;
    const ask = (now: number) => chargeStrangers('asked@example.org', new Date(now));

    const answers = [await ask(noon), await ask(noon), await ask(noon), await ask(noon), await ask(tomorrow)];

    expect(answers.map((one) => one === 'charged')).toEqual([true, true, true, false, true]);
  });

  test('a proved submission has thirty a day, and then waits for the next day', async () => {
    const to = 'busy@example.org';
    for (const seed of seeds(140, 31)) await write(seed, ['reopened'], { to, isProved: true });

    const claims = [];
    for (const seed of seeds(140, 31)) claims.push(await send(seed, 'reopened'));

    expect(claims.filter(({ kind: one }) => one === 'claimed')).toHaveLength(30);
    expect(claims.at(-1)).toEqual({ kind: 'held', dueAt: expect.stringMatching(/^2026-11-27T00:/) });
    expect(kinds([await send(170, 'reopened', tomorrow)])).toEqual(['claimed']);
  });

  test('letters to a former address that was never proved are a stranger’s, although another one is proved', async () => {
    const to = `former.${kind}@example.org`;
    const claims: Claim[] = [];
    for (const seed of seeds(700, 5)) {
      await write(seed, ['address-replaced'], { to, isProved: true });
      claims.push(await send(seed, 'address-replaced'));
    }
    await write(705, ['accepted'], { to, isProved: true });

    expect(kinds(claims)).toEqual(['claimed', 'claimed', 'claimed', 'held', 'held']);
    expect(await send(705, 'accepted')).toMatchObject({ kind: 'claimed' });
  });

  test('at the closing, the answer of a proved submission goes out, whatever went to the address about others', async () => {
    const to = `closing.${kind}@example.org`;
    for (const seed of seeds(710, 30)) {
      await write(seed, ['reopened'], { to, isProved: true });
      await send(seed, 'reopened');
    }
    await write(740, ['rejected'], { to, isProved: true });
    const over = await send(740, 'rejected');
    await write(741, ['rejected'], { to });
    await database.store.messages.sendHeld(new Date().toISOString());
    const strangers = await send(741, 'rejected');
    const own = await send(740, 'rejected');

    expect(kinds([over, strangers, own])).toEqual(['held', 'claimed', 'claimed']);
  });

  test('ten letters leave in an hour for one network, and then ten in the next', async () => {
    for (const seed of seeds(200, 25)) await write(seed, ['receipt'], { to: `${seed}@example.org`, origin: 'network' });
    await write(230, ['receipt'], { to: '230@example.org', origin: 'elsewhere' });
    await write(231, ['rejected'], { to: '231@example.org', origin: 'network' });
    const sendAll = async (now: number) => {
      const claims = [];
      for (const seed of seeds(200, 25)) claims.push(await send(seed, 'receipt', now));
      return claims;
    };

    const [first, elsewhere, news] = [await sendAll(noon), await send(230, 'receipt'), await send(231, 'rejected')];
    const [second, third] = [await sendAll(noon + hour + 15 * minute), await sendAll(noon + 2 * hour + 15 * minute)];

    const counts = [first, second, third].map((all) => all.filter(({ kind: one }) => one === 'claimed').length);
    expect([counts, elsewhere.kind, news.kind]).toEqual([[10, 10, 5], 'claimed', 'held']);
    expect(first.at(-1)).toEqual({ kind: 'held', dueAt: expect.stringMatching(/^2026-11-26T13:0/) });
  });

  test('of many workers who claim at once, one sends the letter of the day', async () => {
    const to = 'raced@example.org';
    for (const seed of seeds(300, 24)) await write(seed, ['receipt'], { to });
    const stores = [database.store, another()];

    const claims = await Promise.all(
      seeds(300, 24).map((seed) => send(seed, 'receipt', noon, stores[seed % 2] ?? database.store)),
    );

    expect(claims.filter(({ kind: one }) => one === 'claimed')).toHaveLength(1);
  });

  test('of many workers who claim the receipts of one network at once, ten send one', async () => {
    for (const seed of seeds(330, 24)) await write(seed, ['receipt'], { to: `${seed}@example.org`, origin: 'raced' });
    const stores = [database.store, another()];

    const claims = await Promise.all(
      seeds(330, 24).map((seed) => send(seed, 'receipt', noon, stores[seed % 2] ?? database.store)),
    );

    expect(claims.filter(({ kind: one }) => one === 'claimed')).toHaveLength(10);
  });

  test('a held letter holds up none of the same submission', async () => {
    const to = 'no-order@example.org';
    await write(400, ['receipt'], { to });
    await send(400, 'receipt');
    await write(401, ['receipt', 'rejected'], { to });
    await send(401, 'receipt');

    const next = await send(401, 'rejected', tomorrow);

    expect([(await found(401, 'receipt'))?.state, next.kind]).toEqual(['held', 'claimed']);
  });

  test('a proof has all that was held of its submission sent at once, in order, and nothing of others', async () => {
    const to = 'proved@example.org';
    await write(410, ['receipt'], { to });
    await write(411, ['waitlisted', 'promoted', 'co-speaker-invited'], { to });
    await write(412, ['rejected'], { to });
    await send(410, 'receipt');
    for (const name of ['waitlisted', 'promoted'] as const) await send(411, name);
    await send(412, 'rejected');

    await prove(411);

    const pending = await database.store.messages.after(undefined, ['pending'], 1_000, everything);
    const released = pending.filter(({ submission_id }) => submission_id === anId(411));
    expect(released.map(({ release, detail }) => [release, detail])).toEqual([
      ['co-speaker-invited', null],
      ['promoted', 'The address is proved.'],
      ['waitlisted', 'The address is proved.'],
    ]);
    expect([await send(411, 'promoted'), await send(411, 'waitlisted'), await send(411, 'promoted')]).toEqual([
      { kind: 'blocked' },
      { kind: 'claimed', attempt: 1 },
      { kind: 'claimed', attempt: 1 },
    ]);
    expect(await found(412, 'rejected')).toMatchObject({ state: 'held' });
  });

  test('a proof that comes while a letter is claimed leaves nothing held', async () => {
    const to = 'meanwhile@example.org';
    await write(420, ['receipt'], { to });
    const all = seeds(421, 12);
    for (const seed of all) await write(seed, ['rejected'], { to });
    await send(420, 'receipt');
    const other = another();

    await Promise.all(all.flatMap((seed) => [send(seed, 'rejected', noon, other), prove(seed)]));

    const states = await Promise.all(all.map(async (seed) => (await found(seed, 'rejected'))?.state));
    expect(states.filter((state) => state === 'held')).toEqual([]);
  });

  test('at the closing what is held goes out: one letter for all unproved of an address, and that of each proved one', async () => {
    const to = 'closing@example.org';
    await write(530, ['receipt'], { to });
    for (const seed of [531, 532]) await write(seed, ['rejected'], { to });
    for (const seed of seeds(533, 31)) await write(seed, ['rejected'], { to, isProved: true });
    await send(530, 'receipt');
    for (const seed of [531, 532]) await send(seed, 'rejected');
    for (const seed of seeds(533, 31)) await send(seed, 'rejected');
    const { messages } = database.store;
    const at = new Date().toISOString();

    const released = (await messages.sendHeld(at)).filter((id) => [531, 532, 563].map(anId).includes(id));
    const claims = [await send(531, 'rejected'), await send(532, 'rejected'), await send(563, 'rejected')];
    const again = await messages.sendHeld(at);

    expect(released.sort()).toEqual([531, 532, 563].map(anId));
    expect(claims).toEqual([
      { kind: 'claimed', attempt: 1, isImpersonal: true },
      { kind: 'held', dueAt: null },
      { kind: 'claimed', attempt: 1, isImpersonal: true },
    ]);
    expect(again.filter((id) => [531, 532, 563].map(anId).includes(id))).toEqual([]);
    await prove(532);
    expect(await send(532, 'rejected', tomorrow)).toEqual({ kind: 'claimed', attempt: 1 });
  });

  test('what did not arrive at an address that is not proved is awaited by nobody', async () => {
    await write(570, ['rejected'], { to: 'nobody@example.org' });
    await write(571, ['rejected'], { to: 'somebody@example.org', isProved: true });
    const undelivered = async () => (await database.store.messages.undelivered(everything)).map(({ id }) => id);
    const before = await undelivered();

    for (const seed of [570, 571]) await database.store.messages.park(idOf(seed, 'rejected'), 'refused');

    const after = await undelivered();
    const both = [idOf(570, 'rejected'), idOf(571, 'rejected')];
    expect(both.map((id) => before.includes(id))).toEqual([true, true]);
    expect(both.map((id) => after.includes(id))).toEqual([false, true]);
  });

  test('no address is left behind, and old charges are dropped', async () => {
    await write(580, ['receipt'], { to: 'planted-email@example.org' });
    await send(580, 'receipt', Date.now());
    const db = openDatabase(database.location, () => undefined);
    const keys = async () => (await db.selectFrom('charges').select('key').execute()).map(({ key }) => key);
    const before = await keys();

    await database.store.budgets.dropOld(Date.now() + 5 * 24 * hour);

    expect(before.join()).not.toMatch(/@|example/);
    expect([before.length > 0, await keys()]).toEqual([true, []]);
    await db.destroy();
  });
});

import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../store/database.ts';
import { lock } from '../../../store/locks.ts';
import { everything } from '../../../store/sight.ts';
import { similarTo } from '../../../store/texts/similar-to.ts';
import { sketchOf } from '../../../store/texts/sketch.ts';
import { anId, aRequest, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const text =
  'Our reviewers need weeks, our deployments need minutes. We moved a review process with long waits from cron jobs and status columns to durable workflows, and measured what became simpler and what did not. I show the three mistakes that we made in production, how we found each one, and why idempotency keys alone were not enough.';
const edited =
  'Our reviewers need months, our deployments need minutes. We moved the review process with long waits from cron jobs and database columns to durable workflows, and measured what became simpler and what did not. I show three mistakes that we made in production, how we found each of them, and why idempotency keys alone were not enough.';
const sameSubject =
  'Review processes take weeks while code is deployed in minutes. This session introduces durable workflows for such long waits: where cron jobs and status columns fail, which mistakes are common in production, and how idempotency keys help. Attendees will leave with a checklist for their own team.';

describe.each(databases)('duplicates in the %s database', (kind) => {
  const database = useStore(kind);
  let seed = 0;

  /** The flags that a talk gets after the others. */
  async function flagsOf(...talks: { email: string; title: string; description: string }[]) {
    for (const { email, title, description } of talks) {
      await database.store.records.keep(aTalk({ email, title, description }), [], aWriter);
    }
    const { items } = await database.store.list.page({}, 1, everything);
    return items[0]?.flags.map(({ flag, other }) => [flag, other === anId(seed - 1)]);
  }

  function aTalk({ email, title, description }: ReturnType<typeof talk>) {
    seed += 1;
    const submission = aSubmission(aRequest({ title, description, speaker: { name: 'Ada', email } }));
    return aRecord(seed, { createdAt: new Date(seed * 1_000).toISOString() }, submission);
  }

  const talk = (email: string, title: string, description: string) => ({ email, title, description });

  test('the same text by another person is flagged', async () => {
    const flags = await flagsOf(
      talk('a1@example.org', 'Waiting well', text),
      talk('a2@example.org', 'Waiting well', text),
    );

    expect(flags).toEqual([['similar-text', true]]);
  });

  test('an edited text under an edited title is flagged', async () => {
    const own = useOwnWords('b');

    const flags = await flagsOf(
      talk('b1@example.org', 'Waiting well, in production', own(text)),
      talk('b2@example.org', 'Waiting, well, in our production', own(edited)),
    );

    expect(flags).toEqual([['similar-text', true]]);
  });

  test('another text on the same subject is not', async () => {
    const own = useOwnWords('c');

    const flags = await flagsOf(
      talk('c1@example.org', 'Waiting well', own(text)),
      talk('c2@example.org', 'Waiting well', own(sameSubject)),
    );

    expect(flags).toEqual([]);
  });

  test('another talk of the same speaker is flagged as that, however the address is written', async () => {
    const own = useOwnWords('d');

    const flags = await flagsOf(
      talk('r.r+one@gmail.com', 'Waiting well', own(text)),
      talk('RR+two@googlemail.com', 'A quite different talk', own(sameSubject)),
    );

    expect(flags).toEqual([['same-speaker', true]]);
  });

  test('a text without a single word is like no other', async () => {
    const nothing = talk('e1@example.org', '!!!', '?'.repeat(30));

    expect(await flagsOf(nothing, { ...nothing, email: 'e2@example.org' })).toEqual([]);
  });

  test('of two that are written at the same time, the later one names the earlier one', async () => {
    const pairs = 5;

    const flagged = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      const own = useOwnWords(`g${'x'.repeat(pair)}`);
      const both = [0, 1].map((at) => aTalk(talk(`g${pair}.${at}@example.org`, 'Waiting well', own(text))));
      await Promise.all(both.map((record) => database.store.records.keep(record, [], aWriter)));
      const listed = await Promise.all(both.map(({ state }) => database.store.list.find(state.id, everything)));
      flagged.push(listed.flatMap((one) => one?.flags ?? []).length);
    }

    expect(flagged).toEqual(Array.from({ length: pairs }, () => 1));
  });

  test('what was interrupted before texts were compared is made up for by the next write', async () => {
    const own = useOwnWords('h');
    const [first, second] = ['h1@example.org', 'h2@example.org'].map((email) =>
      aTalk(talk(email, 'Waiting well', own(text))),
    );
    if (!first || !second) throw new Error('there are two');
    await database.store.records.keep(first, [], aWriter);
    await database.store.records.keep(second, [], aWriter);
    const db = openDatabase(database.location, () => undefined);
    await db.deleteFrom('flags').where('submission_id', '=', second.state.id).execute();
    await db.destroy();
    const next = { ...second, state: { ...second.state, revision: 2 } };

    await database.store.records.keep(next, [], { ...aWriter, known: 1 });
    const known = await database.store.list.find(second.state.id, everything);
    await database.store.records.keep(next, [], aWriter);

    const listed = await database.store.list.find(second.state.id, everything);
    // Whoever knows of the record has had an answer, and so a comparison.
    expect(known?.flags).toEqual([]);
    expect(listed?.flags).toEqual([{ flag: 'similar-text', other: first.state.id }]);
  });

  test('whoever follows the changes hears of a flag', async () => {
    const own = useOwnWords('i');
    await database.store.records.keep(aTalk(talk('i1@example.org', 'Waiting well', own(text))), [], aWriter);
    const record = aTalk(talk('i2@example.org', 'Waiting well', own(text)));

    await database.store.records.keep(record, [], aWriter);
    const before = (await database.store.changes.after(undefined, 1_000, everything)).at(-1)?.number;
    const db = openDatabase(database.location, () => undefined);
    await db.deleteFrom('flags').where('submission_id', '=', record.state.id).execute();
    await db.destroy();

    await database.store.records.keep(record, [], aWriter);

    expect(await database.store.changes.after(before, 10, everything)).toMatchObject([{ id: record.state.id }]);
  });

  test('a text is looked for while others hold what is written', async () => {
    const own = useOwnWords('j');
    const record = aTalk(talk('j1@example.org', 'Waiting well', own(text)));
    await database.store.records.keep(record, [], aWriter);
    const [db, other] = [0, 1].map(() => openDatabase(database.location, () => undefined));
    if (!db || !other) throw new Error('there are two');

    // A writer of the embedded database holds all that is written; an erasure in PostgreSQL all records.
    const seen = await other.transaction().execute(async (trx) => {
      await lock(trx, { alone: ['records'] });
      return similarTo(db, record.state.id, sketchOf(record.submission));
    });

    await Promise.all([db.destroy(), other.destroy()]);
    expect(seen).toEqual([]);
  });

  test('a flag goes with the submission that it is about', async () => {
    const own = useOwnWords('f');
    await flagsOf(talk('f1@example.org', 'Waiting well', own(text)), talk('f2@example.org', 'Waiting well', own(text)));

    await database.store.erasures.erase(anId(seed - 1), '2026-11-01T12:00:00.000Z');

    expect((await database.store.list.page({}, 1, everything)).items[0]?.flags).toEqual([]);
  });
});

/** So that the texts of one test are not like those of another: each word gets a mark. */
function useOwnWords(mark: string) {
  return (words: string) => words.replace(/\p{L}+/gu, (word) => `${word}${mark}`);
}

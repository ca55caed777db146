import { describe, expect, test } from 'vitest';
import type { SubmissionState } from '../../../contract/state.ts';
import { openDatabase } from '../../../store/database.ts';
import { everything } from '../../../store/sight.ts';
import { anId, aSubmission } from '../../support/fixtures.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = (second: number) => `2026-11-01T12:00:0${second}.000Z`;

const long =
  'We measured how long our reviewers wait, what they do meanwhile, and which of the waits nobody needs at all.';

describe.each(databases)('versions in the %s database', (kind) => {
  const database = useStore(kind);

  /** The state after so many edits, the last one at this second. */
  function stateAfter(edits: number, second: number): Partial<SubmissionState> {
    if (edits === 0) return { revision: 1 };
    const made = Array.from({ length: edits }, (_, index) => ({
      at: at(index + 1 === edits ? second : index),
      fields: ['title' as const],
    }));
    return { revision: 1 + edits, changedAt: at(second), edition: 1 + edits, edits: made };
  }

  function keep(seed: number, texts: readonly Record<string, unknown>[], { second = 5, known = 1 } = {}) {
    const all = texts.map((text) => aSubmission(text));
    const versions = all.map((submission, index) => ({
      ...{ number: index + 1, at: at(index), revision: index === 0 ? 0 : index + 1, submission },
    }));
    const record = aRecord(seed, stateAfter(texts.length - 1, second), all.at(-1));
    return database.store.records.keep(texts.length === 1 ? record : { ...record, versions }, [], {
      ...aWriter,
      known,
    });
  }

  async function kept(seed: number) {
    const item = await database.store.list.find(anId(seed), everything);
    const versions = item ? await database.store.versions.of(item) : [];
    return {
      title: item?.submission.title,
      texts: versions.map(({ number, submission }) => `${number} ${submission.title}`),
    };
  }

  test('are kept with the record, each once, however often it is written', async () => {
    await keep(1, [{ title: 'A' }], { known: 0 });
    for (const _ of [1, 2]) await keep(1, [{ title: 'A' }, { title: 'B' }]);
    await keep(1, [{ title: 'A' }, { title: 'B' }, { title: 'C' }], { second: 6 });

    expect(await kept(1)).toEqual({ title: 'C', texts: ['1 A', '2 B', '3 C'] });
  });

  test('of a task that Temporal threw away are replaced', async () => {
    await keep(2, [{ title: 'A' }], { known: 0 });
    await keep(2, [{ title: 'A' }, { title: 'B' }, { title: 'thrown away' }], { second: 6 });
    await keep(2, [{ title: 'A' }, { title: 'taken' }], { second: 7 });

    expect(await kept(2)).toEqual({ title: 'taken', texts: ['1 A', '2 taken'] });
  });

  test('are there after a restore that lacks the record, as far as the workflow has them', async () => {
    await keep(3, [{ title: 'A' }, { title: 'B' }], { known: 2 });

    expect(await kept(3)).toEqual({ title: 'B', texts: ['1 A', '2 B'] });
  });

  test('go with the erasure', async () => {
    await keep(4, [{ title: 'A' }, { title: 'B' }], { known: 0 });
    await database.store.erasures.erase(anId(4), at(9));
    const db = openDatabase(database.location, () => undefined);
    const rows = await db.selectFrom('versions').select('number').where('submission_id', '=', anId(4)).execute();
    await db.destroy();

    expect(rows).toEqual([]);
  });

  test('the record that is ahead of a workflow hands its text over', async () => {
    await keep(5, [{ title: 'A' }, { title: 'B' }], { known: 0 });

    const answer = await database.store.records.keep(aRecord(5), [], { run: 'after a reset', known: 0 });

    expect(answer).toMatchObject({ kind: 'ahead', submission: { title: 'B' } });
  });

  test('similar texts, co-speakers and the list follow the text that stands', async () => {
    const ben = { name: 'Ben', email: 'ben@example.net' };
    await keep(6, [{ title: 'Waits', description: long }], { known: 0 });
    await keep(
      7,
      [{ title: 'Other', description: 'Something else, in five words and some more.', coSpeakers: [ben] }],
      { known: 0 },
    );
    const flags = async () => (await database.store.list.flagsOf([anId(7)], everything)).get(anId(7)) ?? [];
    const similar = async () => (await flags()).filter(({ flag }) => flag === 'similar-text').map(({ other }) => other);
    const before = await similar();
    const first = { title: 'Other', description: 'Something else, in five words and some more.', coSpeakers: [ben] };
    const copied = { title: 'Waits', description: long };
    await keep(7, [first, copied]);
    const during = await similar();
    await keep(7, [first, copied, first], { second: 6, known: 2 });

    expect([before, during, await similar()]).toEqual([[], [anId(6)], []]);
    expect(await database.store.coSpeakers.find(['ben@example.net'], [first.coSpeakers[0]?.email ?? ''])).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { moderate } from '../../activities/moderate.ts';
import { costlyTexts } from '../../bench/costly-texts.ts';
import type { Database } from '../../store/database.ts';
import { openDatabase } from '../../store/database.ts';
import { compareText } from '../../store/texts/compare-text.ts';
import { likeness, sketchOf } from '../../store/texts/sketch.ts';
import { aCall, anId, aRequest, aSubmission } from '../support/fixtures.ts';
import { aRecord, aWriter } from '../support/records.ts';
import { useStore } from '../support/stores.ts';

/** Milliseconds of CPU time: the least of some batches, since other work only adds to it. */
async function cpuOf(act: () => unknown, { batches, batch }: { batches: number; batch: number }): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < batches; at += 1) {
    const before = process.cpuUsage();
    for (let turn = 0; turn < batch; turn += 1) await act();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

describe('a text of twice the length costs about twice as much', () => {
  const { moderation } = aCall().stages;

  async function check(description: string): Promise<void> {
    const proposal = {
      title: 'A talk',
      description,
      track: 'web',
      format: 'talk',
      bio: description,
      notes: description,
    };
    const rules = { ...moderation, languages: ['de'], allowedWords: ['idiots'] };
    await moderate(proposal, rules, { now: '2026-11-01T12:00:00.000Z', timeZone: 'UTC' });
    likeness(sketchOf(proposal), sketchOf({ ...proposal, title: 'Another talk' }));
  }

  test.each(Object.entries(costlyTexts))('%s', async (_, text) => {
    const characters = Array.from(text);
    const [half, whole] = [characters.slice(0, characters.length / 2).join(''), text];
    for (let warmUp = 0; warmUp < 5; warmUp += 1) await check(whole);

    const ofHalf = await cpuOf(() => check(half), { batches: 5, batch: 4 });
    const ofWhole = await cpuOf(() => check(whole), { batches: 5, batch: 4 });

    // Quadratic time would be 4.
    expect(ofWhole / ofHalf).toBeLessThan(3);
  });
});

describe('four times as many similar texts', () => {
  const records = useStore();

  /** Only the last word differs. */
  async function remember(db: Database, from: number, to: number): Promise<void> {
    for (let seed = from; seed < to; seed += 1) {
      const { submission, state } = aRecord(seed, {}, textOf(seed));
      await records.store.records.keep({ submission, fingerprint: 'none', state }, [], aWriter);
    }
    await db.deleteFrom('flags').execute();
  }

  const textOf = (seed: number) =>
    aSubmission(aRequest({ description: `${'We waited, and we waited. '.repeat(20)} ${seed}` }));

  test('cost no more to search', async () => {
    const db = openDatabase(records.location, () => undefined);
    const id = anId(1);
    const sketch = sketchOf(textOf(1));
    const again = () => compareText(db, id, sketch);

    await remember(db, 1, 81);
    const amongFew = await cpuOf(again, { batches: 5, batch: 10 });
    await remember(db, 81, 321);
    const amongMany = await cpuOf(again, { batches: 5, batch: 10 });
    const flags = await db.selectFrom('flags').selectAll().where('other_id', '=', id).execute();
    await db.destroy();

    expect(amongMany / amongFew).toBeLessThan(2);
    expect(flags).toHaveLength(10);
  });
});

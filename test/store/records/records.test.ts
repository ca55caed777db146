import { describe, expect, test } from 'vitest';
import { publicStatus } from '../../../contract/public-status.ts';
import { afterVerdict, type SubmissionRecord } from '../../../contract/record.ts';
import type { Stage } from '../../../contract/stages.ts';
import { workflowIdOf } from '../../../contract/workflow/workflow-ids.ts';
import { everything } from '../../../store/sight.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord, aVerdict } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

const keyOf = ({ state }: SubmissionRecord, stage: Stage) => `${workflowIdOf(state.id)}:${stage}`;

describe.each(databases)('records in the %s database', (kind) => {
  const database = useStore(kind);
  const list = async (seed: number) => {
    const { items } = await database.store.list.page({}, 200, everything);
    return items.find(({ state }) => state.id === anId(seed));
  };

  test('what nobody has written is unknown', async () => {
    expect(await database.store.records.find(anId(1))).toEqual({ kind: 'unknown' });
  });

  test('a verdict is on record together with the state that it leads to', async () => {
    const record = aRecord(2);

    const kept = await database.store.records.keepVerdict(record, aVerdict('moderation'), keyOf(record, 'moderation'));

    expect(kept).toEqual(aVerdict('moderation'));
    const state = { ...record.state, ...afterVerdict(record.state, kept), revision: 2 };
    expect(await database.store.records.find(anId(2))).toEqual({
      kind: 'found',
      isOver: false,
      isConcluded: false,
      status: publicStatus(state),
      fingerprint: 'fingerprint',
    });
    expect(await list(2)).toMatchObject({ state: { stage: 'shortlisting', verdicts: [kept] } });
  });

  test('a retry of its activity changes nothing, and is told the verdict that stands', async () => {
    const record = aRecord(3);
    const key = keyOf(record, 'moderation');
    const first = await database.store.records.keepVerdict(record, aVerdict('moderation'), key);
    const before = await list(3);

    const again = await database.store.records.keepVerdict(
      record,
      aVerdict('moderation', { outcome: 'rejected' }),
      key,
    );

    expect(again).toEqual(first);
    expect(await list(3)).toEqual(before);
  });

  test('of attempts at the same time, one verdict stands for all', async () => {
    const record = aRecord(4);
    const outcomes = ['passed', 'rejected', 'passed', 'rejected', 'passed'] as const;

    const kept = await Promise.all(
      outcomes.map((outcome) =>
        database.store.records.keepVerdict(record, aVerdict('moderation', { outcome }), keyOf(record, 'moderation')),
      ),
    );

    expect(new Set(kept.map(({ outcome }) => outcome)).size).toBe(1);
    expect((await list(4))?.state.verdicts).toEqual([kept[0]]);
  });

  test('an older state never takes the place of a newer one', async () => {
    await database.store.records.keep(aRecord(5, { revision: 3, stage: 'selection' }));

    await database.store.records.keep(aRecord(5, { revision: 2, stage: 'shortlisting' }));

    expect((await list(5))?.state.stage).toBe('selection');
  });

  test('what has come to its end stays as it is, whatever is written afterwards', async () => {
    await database.store.records.keep(aRecord(6, { revision: 3, conclusion: { kind: 'accepted' } }));

    await database.store.records.keep(aRecord(6, { revision: 4, conclusion: { kind: 'withdrawn' } }));

    expect(await database.store.records.find(anId(6))).toMatchObject({ isOver: true, status: { status: 'Succeeded' } });
  });

  test('the end is written also where its revision is that of the last verdict', async () => {
    const record = aRecord(9, { stage: 'selection', revision: 3 });
    const verdict = await database.store.records.keepVerdict(record, aVerdict('selection'), keyOf(record, 'selection'));

    await database.store.records.keep(
      aRecord(9, { stage: 'selection', revision: 4, verdicts: [verdict], conclusion: { kind: 'accepted' } }),
    );

    expect(await database.store.records.find(anId(9))).toMatchObject({ isOver: true, status: { status: 'Succeeded' } });
  });

  test('the end is written whatever was on record before: after a reset there are fewer transitions', async () => {
    await database.store.records.keep(aRecord(10, { revision: 9, stage: 'selection' }));

    await database.store.records.keep(aRecord(10, { revision: 2, conclusion: { kind: 'withdrawn' } }));

    expect(await database.store.records.find(anId(10))).toMatchObject({ isOver: true, status: { status: 'Canceled' } });
  });

  test('a lost write is made up for by the next one', async () => {
    const moderated = aRecord(7, { ...afterVerdict(aRecord(7).state, aVerdict('moderation')), revision: 2 });

    await database.store.records.keepVerdict(moderated, aVerdict('shortlisting'), keyOf(moderated, 'shortlisting'));

    expect((await list(7))?.state.verdicts.map(({ stage }) => stage)).toEqual(['moderation', 'shortlisting']);
    const standing = await database.store.records.keepVerdict(
      aRecord(7),
      aVerdict('moderation'),
      keyOf(moderated, 'moderation'),
    );
    expect(standing).toEqual(aVerdict('moderation'));
  });

  test('what is erased is gone, and is not written again', async () => {
    const record = aRecord(8);
    await database.store.records.keepVerdict(record, aVerdict('moderation'), keyOf(record, 'moderation'));

    await database.store.erasures.erase(anId(8), at);
    await database.store.records.keep(aRecord(8, { revision: 9 }));
    await database.store.records.keepVerdict(aRecord(8), aVerdict('moderation'), keyOf(record, 'moderation'));

    expect(await database.store.records.find(anId(8))).toEqual({ kind: 'erased' });
    expect(await list(8)).toBeUndefined();
    expect(await database.store.erasures.unfinished()).toEqual([anId(8)]);
    await database.store.erasures.erase(anId(8), '2027-01-01T00:00:00.000Z');
    await database.store.erasures.finish(anId(8), at);
    expect(await database.store.erasures.unfinished()).toEqual([]);
  });

  test('an erasure and a write at the same time: it is gone', async () => {
    const seeds = Array.from({ length: 20 }, (_, index) => 100 + index);

    await Promise.all(
      seeds.flatMap((seed) => [
        database.store.records.keep(aRecord(seed)),
        database.store.erasures.erase(anId(seed), at),
      ]),
    );

    for (const seed of seeds) expect(await database.store.records.find(anId(seed))).toEqual({ kind: 'erased' });
  });
});

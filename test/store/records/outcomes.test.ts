import { describe, expect, test } from 'vitest';
import type { SubmissionState } from '../../../contract/state.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord, aVerdict } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

describe.each(databases)('outcomes and verdicts on record, in the %s database', (kind) => {
  const database = useStore(kind);

  test('an acceptance that is to be answered stays open: the answer is written, and no other outcome', async () => {
    const { store } = database;
    const change = (answer: 'awaited' | 'confirmed', more: Partial<SubmissionState> = {}) =>
      aRecord(8, { conclusion: { kind: 'accepted' }, attendance: { answer, due: at, reminded: 0 }, ...more });
    await store.records.keep(change('awaited', { revision: 5 }));

    await store.records.keep(aRecord(8, { revision: 9, conclusion: { kind: 'withdrawn' } }));
    await store.records.keep(change('confirmed', { revision: 6, isOver: true }));
    await store.records.keep(change('awaited', { revision: 7 }));

    expect(await store.records.find(anId(8))).toMatchObject({
      isOver: true,
      isConcluded: true,
      status: { status: 'Succeeded', result: { outcome: 'accepted', attendance: 'confirmed' } },
    });
  });

  test('an organiser may decide otherwise: the verdict on record is the one that stands', async () => {
    const { store } = database;
    const first = aVerdict('selection', { outcome: 'passed', number: 4 });
    const second = aVerdict('selection', { outcome: 'rejected', number: 5, by: 'Olga' });
    await store.records.keep(aRecord(9, { stage: 'selection', revision: 4, verdicts: [first] }));
    await store.records.keep(aRecord(9, { stage: 'selection', revision: 5, verdicts: [second] }));
    await store.records.keep(aRecord(9, { stage: 'selection', revision: 4, verdicts: [first] }));

    const standing = await store.records.keepVerdict(
      aRecord(9, { stage: 'selection' }),
      first,
      `submission-${anId(9)}:selection`,
    );

    expect(standing).toEqual(second);
  });
});

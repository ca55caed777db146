import { describe, expect, test } from 'vitest';
import { parseChangeNumber } from '../../../store/change-number.ts';
import { everything } from '../../../store/sight.ts';
import { anId } from '../../support/fixtures.ts';
import { aRecord, aWriter } from '../../support/records.ts';
import { databases, useStore } from '../../support/stores.ts';

const at = '2026-11-01T12:00:00.000Z';

describe.each(databases)('announcements in the %s database', (kind) => {
  const database = useStore(kind);

  test('announcements have one order, each once; the first after a number is always the same', async () => {
    const { store } = database;
    const since = await store.announcements.last(everything);
    const waitlisted = { name: 'waitlisted' as const, number: 1, revision: 1, at };
    const rejected = { name: 'rejected' as const, number: 1, revision: 1, at };
    await store.records.keep(aRecord(6, { revision: 2, releases: [waitlisted] }), [], aWriter);
    await store.records.keep(
      aRecord(7, { revision: 2, conclusion: { kind: 'rejected' }, releases: [rejected] }),
      [],
      aWriter,
    );
    const promoted = { name: 'promoted' as const, number: 1, revision: 1, at };
    await store.records.keep(
      aRecord(6, { revision: 3, conclusion: { kind: 'accepted' }, releases: [waitlisted, promoted] }),
      [],
      aWriter,
    );

    const seen = [];
    for (
      let next = await store.announcements.after(since, everything);
      next;
      next = await store.announcements.after(next.number, everything)
    ) {
      expect((await store.announcements.after(parseChangeNumber(`${next.number - 1}`), everything))?.number).toBe(
        next.number,
      );
      seen.push([next.state.id, next.outcome, next.hasMore]);
    }

    expect(seen).toEqual([
      [anId(6), 'waitlisted', true],
      [anId(7), 'rejected', true],
      [anId(6), 'accepted', false],
    ]);
  });
});

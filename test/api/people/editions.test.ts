import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createView } from '../../../api/people/view.ts';
import { editableFields } from '../../../contract/call/editable-fields.ts';
import { hideableFields } from '../../../contract/call/visibility.ts';
import { changedFields } from '../../../contract/changed-fields.ts';
import { changed } from '../../../contract/lifecycle/change.ts';
import { edit } from '../../../contract/lifecycle/edit.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import type { Submission } from '../../../contract/submission.ts';
import { aCall, anInput, aSubmission } from '../../support/fixtures.ts';
import { aRecord } from '../../support/records.ts';

const { rules } = anInput();
const words = fc.constantFrom('one', 'two', 'three');

/** An edit of some fields. */
const someEdit = fc.record({
  title: fc.option(words, { nil: undefined }),
  name: fc.option(words, { nil: undefined }),
  bio: fc.option(words, { nil: undefined }),
  notes: fc.option(words, { nil: undefined }),
  links: fc.option(fc.array(fc.constant('https://secret.example'), { maxLength: 1 }), { nil: undefined }),
});

type SomeEdit = typeof someEdit extends fc.Arbitrary<infer One> ? One : never;

/** The texts that come of edits, and where the submission stands then. */
function edited(edits: readonly SomeEdit[], isVeiledToo: boolean) {
  let { state } = aRecord(1, { reviews: [{ stage: 'selection', by: 'Rita', at: '2026-11-01T12:00:00.000Z' }] });
  let submission = aSubmission();
  const versions: { number: number; at: string; submission: Submission }[] = [];
  const statuses = [JSON.stringify(publicStatus(state))];
  for (const [at, { title, name, bio, notes, links }] of edits.entries()) {
    const now = new Date(Date.parse('2026-11-02T12:00:00.000Z') + at).toISOString();
    const veiled = isVeiledToo
      ? { notes, links, speaker: { ...submission.speaker, bio, name: name ?? submission.speaker.name } }
      : {};
    const text: Submission = { ...submission, ...veiled, ...(title && { title }) };
    const fields = changedFields(submission, text);
    const { change } = edit.apply({ state, submission, rules, now }, { changed: fields });
    if (change === undefined) continue;
    versions.push({ number: state.edition ?? 1, at: '', submission });
    state = changed(state, change, now);
    submission = text;
    statuses.push(JSON.stringify(publicStatus(state)));
  }
  return { item: { submission, state, flags: [] }, versions, statuses };
}

const reviewer = { name: 'Rita', role: 'reviewer' } as const;
const organiser = { name: 'Olga', role: 'organiser' } as const;
const view = createView(aCall({ shownTo: { reviewer: [] } }));

/** Whatever else is edited, at other instants. */
const withoutInstants = (value: unknown) => JSON.stringify(value, (key, one) => (key === 'at' ? undefined : one));

test('whatever is edited, no reviewer sees a veiled field, or that one was edited; and no reader of the status anything', () => {
  fc.assert(
    fc.property(fc.array(someEdit, { maxLength: 8 }), (edits) => {
      const [both, seen] = [edited(edits, true), edited(edits, false)];

      const shown = (one: typeof both) =>
        withoutInstants([view.one(reviewer, one.item), view.versions(reviewer, one.item, one.versions)]);
      expect(shown(both)).toBe(shown(seen));
      expect(shown(both)).not.toMatch(/secret|Planted/);
      expect(new Set(both.statuses).size).toBe(1);
    }),
  );
});

test('organisers who see all see each version, with what it has changed', () => {
  fc.assert(
    fc.property(fc.array(someEdit, { maxLength: 8 }), (edits) => {
      const { item, versions } = edited(edits, true);

      const items = view.versions(organiser, item, versions);

      expect(items.map(({ number }) => number)).toEqual(
        Array.from({ length: item.state.edition ?? 1 }, (_, at) => at + 1),
      );
      expect(items.slice(1).every(({ changed = [] }) => changed.length > 0)).toBe(true);
    }),
  );
});

test('each field that can be hidden can be edited, as one', () => {
  expect(hideableFields.filter((field) => editableFields.every((one) => one !== field))).toEqual([]);
});

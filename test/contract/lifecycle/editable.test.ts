import { describe, expect, test } from 'vitest';
import type { EditRules } from '../../../contract/call/edit-rules.ts';
import { editableFields } from '../../../contract/call/editable-fields.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { editable } from '../../../contract/lifecycle/editable.ts';
import { anInput } from '../../support/fixtures.ts';
import { aState, aVerdict, type Described } from '../../support/records.ts';

const now = '2026-11-02T12:00:00.000Z';
const later = '2026-11-20T12:00:00.000Z';
const earlier = '2026-11-01T18:00:00.000Z';
const told = '2026-11-01T12:00:00.000Z';
const rules: EditRules = { editsUntil: later, editsAfterAcceptance: ['title'], attendance: { cancelUntil: later } };
const selection: Described = { stage: 'selection', verdicts: [aVerdict('selection')] };
const accepted: Described = { ...selection, conclusion: { kind: 'accepted' } };
const all = { fields: editableFields, until: later };

const may = (described: Described, change: Partial<EditRules> = {}) =>
  editable(aState(initialState(anInput()), described), { ...rules, ...change }, now);

describe('H37: what may be edited', () => {
  test.each<[string, Described, Partial<EditRules>, unknown]>([
    ['at the beginning: all', { stage: 'received' }, {}, all],
    ['in a stage: all', {}, {}, all],
    ['decided, and not announced: all', selection, {}, all],
    ['on the waiting list: all', { ...selection, isOnWaitlist: true }, {}, all],
    ['after the date: nothing', {}, { editsUntil: earlier }, { over: earlier }],
    ['after the date, decided: nothing', selection, { editsUntil: earlier }, { over: earlier }],
    [
      'accepted, and asked to confirm: what the call lists',
      { ...accepted, attendance: { answer: 'awaited', due: later } },
      { editsUntil: earlier },
      { fields: ['title'], until: later },
    ],
    [
      'accepted, by a letter that did not arrive: the same, without a date',
      { ...accepted, attendance: { answer: 'awaited', due: earlier, isHeld: true } },
      {},
      { fields: ['title'] },
    ],
    [
      'confirmed: as long as it can be canceled',
      { ...accepted, attendance: { answer: 'confirmed' } },
      {},
      { fields: ['title'], until: later },
    ],
    [
      'confirmed, and it is too late to cancel: nothing',
      { ...accepted, attendance: { answer: 'confirmed' } },
      { attendance: { cancelUntil: earlier } },
      { over: earlier },
    ],
    ['declined: nothing', { ...accepted, attendance: { answer: 'declined' } }, {}, { over: told }],
    [
      'rejected: nothing, from when it was told',
      { ...selection, conclusion: { kind: 'rejected' } },
      {},
      { over: told },
    ],
    ['withdrawn: nothing', { conclusion: { kind: 'withdrawn' } }, {}, { over: told }],
  ])('%s', (_, described, change, expected) => {
    expect(may(described, change)).toEqual(expected);
  });

  test('of a submission of before there were edits: nothing', () => {
    expect(editable(initialState(anInput()), { editsAfterAcceptance: [] }, now)).toEqual({ over: told });
  });
});

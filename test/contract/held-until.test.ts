import { describe, expect, test } from 'vitest';
import type { Announcing } from '../../contract/call/announcing.ts';
import { heldUntil, untilAnnouncement } from '../../contract/held-until.ts';
import { initialState } from '../../contract/initial-state.ts';
import { anId, anInput } from '../support/fixtures.ts';
import { aState, aVerdict, type Described } from '../support/records.ts';

const now = '2026-11-01T12:00:00.000Z';
const [past, future] = ['2026-11-01T12:00:00Z', '2026-12-01T00:00:00+01:00'];
const untold: Described = { stage: 'selection', verdicts: [aVerdict('selection')] };
const reopened: Described = { ...untold, original: anId(1) };
const held = (described: Described, rules: Announcing) =>
  heldUntil(aState(initialState(anInput()), described), rules, now);

describe('H19: a slot is held', () => {
  test.each([
    ['until the date of the announcement', { disclosure: 'until-announced', announcement: future }, untold],
    ['until that date, of a reopened submission too', { disclosure: 'progress', announcement: future }, reopened],
  ] as const)('%s', (_, rules, state) => {
    expect(held(state, rules)).toBe('2026-11-30T23:00:00.000Z');
  });

  test.each([
    ['organisers announce', { disclosure: 'progress', announcement: 'by-organisers' }, untold],
    ['no date is set', { disclosure: 'until-announced' }, untold],
    ['it is of a reopened submission, which they announce', { disclosure: 'progress' }, reopened],
    ['so it is after the date', { disclosure: 'until-announced', announcement: past }, reopened],
  ] as const)('until the next announcement if %s', (_, rules, state) => {
    expect(held(state, rules)).toBe(untilAnnouncement);
  });
});

describe('a slot is given on at once', () => {
  const rules = { disclosure: 'until-announced', announcement: 'by-organisers' } as const;

  test.each([
    ['if the acceptance was told', { ...untold, conclusion: { kind: 'accepted' } }, rules],
    ['if organisers have let it be told', { ...reopened, isReleased: true }, rules],
    ['of one that was known to be on the waiting list', { ...untold, isOnWaitlist: true }, rules],
    ['once the date has come', untold, { disclosure: 'until-announced', announcement: past }],
    ['if nothing is withheld', untold, { disclosure: 'progress', announcement: future }],
  ] as const)('%s', (_, state, rules) => {
    expect(held(state, rules)).toBeUndefined();
  });
});

import { expect, test } from 'vitest';
import { rulesOf } from '../../../contract/call/call.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { changed } from '../../../contract/lifecycle/change.ts';
import { nextStep } from '../../../contract/lifecycle/next-step.ts';
import { reopened } from '../../../contract/lifecycle/reopened.ts';
import { hadSlot } from '../../../contract/record.ts';
import type { SubmissionStage } from '../../../contract/stages.ts';
import type { StageVerdict } from '../../../contract/state.ts';
import { aCall, anId, anInput } from '../../support/fixtures.ts';
import { aVerdict } from '../../support/records.ts';

const now = '2026-11-01T12:00:00.000Z';
const rules = rulesOf(aCall());
const moderated = aVerdict('moderation');
const accepted = aVerdict('selection');

function successorOf(stage: SubmissionStage, verdicts: StageVerdict[], hasSlot?: true) {
  const reopens = { id: anId(1), original: anId(1), by: 'Olga', reason: 'A mistake.', stage, verdicts };
  const state = initialState(anInput({ id: anId(2), rules, reopens }));
  return changed(state, reopened({ ...reopens, ...(hasSlot && { hasSlot }) }, state, now), now);
}

test('one that was decided goes on decided, and waits for its announcement', () => {
  const state = successorOf('selection', [moderated, accepted]);

  expect(nextStep(state, rules, now)).toEqual({ wait: 'announcement' });
  expect(state.releases).toEqual([{ name: 'reopened', number: 1, at: now, revision: expect.any(Number) }]);
});

test.each([
  ['shortlisting', 'shortlisting', [moderated]],
  ['received', 'moderation', []],
] as const)('one that failed undecided in %s begins %s anew', (stage, begun, verdicts) => {
  const state = successorOf(stage, [...verdicts], true);

  expect(nextStep(state, rules, now)).toEqual({ do: 'judge', stage: begun });
  expect(state.verdicts).toEqual(verdicts);
  expect(state.releases).toEqual([{ name: 'reopened', number: 1, at: now, revision: expect.any(Number) }]);
});

test('one that failed before its acceptance was told has its slot; one that was told gave it away', () => {
  expect(hadSlot(successorOf('selection', [accepted], true))).toBe(true);
  expect(hadSlot(successorOf('selection', [accepted]))).toBe(false);
});

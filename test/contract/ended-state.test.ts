import { describe, expect, test } from 'vitest';
import { endedState } from '../../contract/ended-state.ts';
import { publicStatus } from '../../contract/public-status.ts';
import type { Attendance } from '../../contract/state.ts';
import { aRecord, type Described } from '../support/records.ts';

const at = '2026-11-02T12:00:00.000Z';
const accepted = { conclusion: { kind: 'accepted' as const } };
const answered = (attendance: Attendance): Described => ({ ...accepted, attendance });

describe('the end of a submission from outside', () => {
  test('is a failure, of which the speaker and the organisers are told', () => {
    const { state } = aRecord(1, { revision: 4, releases: [{ name: 'failed', number: 1, at, revision: 1 }] });

    const ended = endedState(state, 'processing-failed', at);

    expect(ended).toEqual({
      ...state,
      revision: 5,
      course: { at: 'failed', stage: 'moderation', error: 'processing-failed' },
      lastUpdatedAt: at,
      changedAt: at,
      releases: [
        ...(state.releases ?? []),
        { name: 'not-processed', number: 1, at, revision: 5 },
        { name: 'failed', number: 2, at, revision: 5 },
      ],
    });
    expect(publicStatus(ended).lastUpdatedAt).toBe(at);
  });

  test('H14: leaves an acceptance that was told; nobody can answer it any more', () => {
    const { state } = aRecord(1, { revision: 4, ...answered({ answer: 'awaited', due: at }) });

    const ended = endedState(state, 'processing-stopped', at);

    const releases = [{ name: 'unanswerable', number: 1, at, revision: 5 }];
    expect(ended).toEqual({
      ...state,
      revision: 5,
      course: { at: 'accepted', stage: 'moderation' },
      lastUpdatedAt: at,
      changedAt: at,
      releases,
    });
    expect(publicStatus(ended).result).toEqual({ outcome: 'accepted' });
  });

  test('H14: leaves an answer that was given, and tells nobody', () => {
    const { state } = aRecord(1, { revision: 4, ...answered({ answer: 'confirmed' }) });

    expect(endedState(state, 'processing-stopped', at)).toBe(state);
  });

  test('changes nothing of one that is over', () => {
    const { state } = aRecord(1, accepted);

    expect(endedState(state, 'processing-stopped', at)).toBe(state);
  });
});

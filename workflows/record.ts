import { setCurrentDetails, setHandler, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { initialState } from '../contract/initial-state.ts';
import { later } from '../contract/later.ts';
import { publicStatus } from '../contract/public-status.ts';
import { awaited, type SubmissionRecord } from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import { publicStatusQuery, recordQuery } from '../contract/workflow/queries.ts';
import { outcomeAttribute, stageAttribute } from '../contract/workflow/search-attributes.ts';
import type { SubmissionInput, SubmissionMemo } from '../contract/workflow/submission-input.ts';
import { currentDetails } from './current-details.ts';

type Change = Partial<Omit<SubmissionState, 'id' | 'revision' | 'createdAt' | 'lastUpdatedAt' | 'disclosure'>>;

/** What people do, and what they are told, is on record soon; verdicts are put there by the activities that reach them. */
const newsworthy = ['panel', 'commands', 'releases'] as const satisfies (keyof Change)[];

export type OpenRecord = ReturnType<typeof openRecord>;

/**
 * The state of a submission, and the one function that changes it. Whatever shows the state (query, memo, search
 * attributes, details in the Web UI) is set by the same `transition()`, so that they can't drift apart.
 */
export function openRecord(input: SubmissionInput) {
  const { submission, fingerprint } = input;
  let state = initialState(input);
  let newsOf = 0;
  let kept = 0;
  const asKept = (): SubmissionRecord => ({ submission, fingerprint, state });
  setHandler(publicStatusQuery, () => publicStatus(state), { description: 'What a reader of the status may know now' });
  setHandler(recordQuery, asKept, { description: 'All that is to be kept, for the reconciler' });

  function transition(change: Change): void {
    if (state.isOver) throw new Error('What is over is final');
    if (state.conclusion && change.conclusion) throw new Error('A conclusion is final');
    const before = state;
    state = { ...state, ...change, revision: state.revision + 1 };
    if (newsworthy.some((key) => key in change)) newsOf = state.revision;

    // What the public can't see must leave no trace in what it can: neither in the time of the last update, nor in
    // the memo.
    if (!isEqual(publicStatus(before), publicStatus(state))) {
      state = { ...state, lastUpdatedAt: later(before.lastUpdatedAt, new Date().toISOString()) };
      upsertMemo({ publicStatus: publicStatus(state) } satisfies Partial<SubmissionMemo>);
    }
    if (awaited(before) !== awaited(state) || before.conclusion !== state.conclusion) {
      upsertSearchAttributes([
        { key: stageAttribute, value: awaited(state) },
        ...(state.conclusion ? [{ key: outcomeAttribute, value: state.conclusion.kind }] : []),
      ]);
    }
    setCurrentDetails(currentDetails(state));
  }

  return {
    transition,

    get state(): Readonly<SubmissionState> {
      return state;
    },

    get conclusion() {
      return state.conclusion;
    },

    get publicStatus() {
      return publicStatus(state);
    },

    asKept,

    get hasNews() {
      return newsOf > kept;
    },

    markKept(revision: number): void {
      kept = Math.max(kept, revision);
    },
  };
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

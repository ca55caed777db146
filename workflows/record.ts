import { setCurrentDetails, setHandler, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { initialState } from '../contract/initial-state.ts';
import { later } from '../contract/later.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import { publicStatus } from '../contract/public-status.ts';
import { awaits, type SubmissionRecord } from '../contract/record.ts';
import type { Recordable } from '../contract/recordable.ts';
import type { SubmissionState } from '../contract/state.ts';
import { publicStatusQuery, recordQuery } from '../contract/workflow/queries.ts';
import { outcomeAttribute, stageAttribute } from '../contract/workflow/search-attributes.ts';
import type { SubmissionInput, SubmissionMemo } from '../contract/workflow/submission-input.ts';
import { currentDetails } from './current-details.ts';

type Change = Partial<Omit<SubmissionState, 'id' | 'revision' | 'createdAt' | 'lastUpdatedAt' | 'disclosure'>>;

/** Changes of these are recorded soon. Verdicts are recorded by the activities that reach them. */
const recordedSoon = ['panel', 'commands', 'releases'] as const satisfies (keyof Change)[];

export type OpenRecord = ReturnType<typeof openRecord>;

/** The state of a submission. `transition()` alone changes it, with query, memo, search attributes and details. */
export function openRecord(input: SubmissionInput) {
  const { submission, fingerprint } = input;
  let state = initialState(input);
  let unrecordedRevision = 0;
  let recordedRevision = 0;
  const asRecord = (): SubmissionRecord => ({ submission, fingerprint, state });
  setHandler(publicStatusQuery, () => publicStatus(state), { description: 'What a reader of the status may know now' });
  const asRecordable = (): Recordable => ({
    ...asRecord(),
    writer: { run: workflowInfo().runId, known: recordedRevision },
    settings: messageSettingsOf(asRecord(), input.rules),
  });
  setHandler(recordQuery, asRecordable, { description: 'The whole record, for the reconciler' });

  function transition(change: Change): void {
    if (state.isOver) throw new Error('A submission that has ended is final');
    if (state.conclusion && change.conclusion) throw new Error('A conclusion is final');
    const before = state;
    state = { ...state, ...change, revision: state.revision + 1 };
    if (recordedSoon.some((key) => key in change)) unrecordedRevision = state.revision;

    // A change that the public can't see must not show in `lastUpdatedAt` or the memo.
    if (!isEqual(publicStatus(before), publicStatus(state))) {
      state = { ...state, lastUpdatedAt: later(before.lastUpdatedAt, new Date().toISOString()) };
      upsertMemo({ publicStatus: publicStatus(state) } satisfies Partial<SubmissionMemo>);
    }
    if (awaits(before) !== awaits(state) || before.conclusion !== state.conclusion) {
      upsertSearchAttributes([
        { key: stageAttribute, value: awaits(state) },
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

    asRecord,

    get hasUnrecorded() {
      return unrecordedRevision > recordedRevision;
    },

    markRecorded(revision: number): void {
      recordedRevision = Math.max(recordedRevision, revision);
    },
  };
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

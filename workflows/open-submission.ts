import { setCurrentDetails, setHandler, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { editRulesOf } from '../contract/call/edit-rules.ts';
import type { StatusDocument } from '../contract/http/status.ts';
import { held } from '../contract/lifecycle/answer-letters.ts';
import { type Change, changed } from '../contract/lifecycle/change.ts';
import { currentDetails } from '../contract/lifecycle/describe-step.ts';
import { nextStep, type Step } from '../contract/lifecycle/next-step.ts';
import { openingState } from '../contract/lifecycle/opening-state.ts';
import { upcastState } from '../contract/lifecycle/upcast.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import { publicStatus } from '../contract/public-status.ts';
import { awaits, conclusionOf, editionOf, isOver, withAddress } from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import { publicStatusQuery, recordQuery } from '../contract/workflow/queries.ts';
import type { Recordable, Recorded } from '../contract/workflow/recordable.ts';
import { outcomeAttribute, stageAttribute, trackAttribute } from '../contract/workflow/search-attributes.ts';
import type { SubmissionInput, SubmissionMemo } from '../contract/workflow/submission-input.ts';
import { createTexts, type Texts } from './texts.ts';

export type OpenSubmission = ReturnType<typeof openSubmission>;

/** An outcome that is being recorded, before it is told. */
export type Upcoming = Pick<Recordable, 'state' | 'answerWithin'>;

export const now = (): string => new Date(Date.now()).toISOString();

/** The state of a submission. `change()` alone changes it; `publish()` shows it in memo, search attributes and details. */
export function openSubmission(input: SubmissionInput) {
  const { fingerprint, rules, carried } = input;
  /** This run is for one command, given when its submission was over. */
  const isForOne = input.late !== undefined;
  const settings = messageSettingsOf(input);
  let state = openingState(input);
  const texts = createTexts(input, state);
  let known = carried?.known ?? 0;
  let run = '';
  let upcoming: Upcoming | undefined;
  let shown = shownOf(state, texts);

  const isReset = () => workflowInfo().runId !== workflowInfo().originalExecutionRunId;
  /** A run that continues another one knows all that this has written; one that was reset doesn't. */
  const writer = () => (isReset() ? undefined : carried?.run) ?? workflowInfo().runId;

  const recordable = (): Recordable => ({
    submission: withAddress(texts.current, upcoming?.state ?? state),
    fingerprint,
    settings,
    writer: { run: writer(), known },
    ...(upcoming ?? { state }),
    editRules: editRulesOf(rules),
    ...(texts.versions && { versions: texts.versions }),
  });
  setHandler(publicStatusQuery, () => publicStatus(state), { description: 'What a reader of the status may know now' });
  setHandler(recordQuery, recordable, { description: 'The whole record, and what recording it needs' });

  return {
    rules,
    texts,
    recordable,

    get state(): Readonly<SubmissionState> {
      return state;
    },

    get submission(): Submission {
      return withAddress(texts.current, state);
    },

    get step(): Step {
      // Such a run never takes up the life of its submission again.
      return isForOne && !isOver(state) ? { end: true } : nextStep(state, rules, now());
    },

    get isTelling(): boolean {
      return upcoming !== undefined;
    },

    /** An operator's reset runs the old events first. Until the record was asked, nobody knows what the reset has lost. */
    get mayBeBehind(): boolean {
      return isReset() && run !== workflowInfo().runId;
    },

    /** The last revision on record. */
    get known(): number {
      return known;
    },

    change(change: Change, at = now()): void {
      state = changed(state, change, at);
    },

    edit(change: Change, text: Submission): void {
      const before = editionOf(state);
      state = changed(state, change, now());
      if (editionOf(state) !== before) texts.edited(state, text);
    },

    /** A letter to the speaker did not arrive. */
    hold(letter: string): void {
      const at = now();
      const change = held(state, letter, at);
      if (change) state = changed(state, change, at);
    },

    tell(outcome: Upcoming | undefined): void {
      upcoming = outcome;
    },

    recorded(revision: number, by: string): void {
      known = Math.max(known, revision);
      run = by;
      texts.recorded(known);
    },

    /** After a reset: what was on record has happened. */
    adopt({ state: recorded, submission }: Extract<Recorded, { kind: 'ahead' }>, by: string): void {
      state = upcastState(recorded);
      texts.adopt(state, submission);
      known = recorded.revision;
      run = by;
    },

    /**
     * Each upsert is an event, so this is called where the workflow begins to wait, not at each change. At none of these
     * places it may be left out: for the readers of the status, an unchanged memo is an unchanged status.
     */
    publish(): void {
      const last = shown;
      shown = shownOf(state, texts);
      if (JSON.stringify(last.status) !== JSON.stringify(shown.status))
        upsertMemo({ publicStatus: shown.status } satisfies Partial<SubmissionMemo>);
      if (last.awaits !== shown.awaits || last.outcome !== shown.outcome || last.track !== shown.track)
        upsertSearchAttributes([
          ...(last.track === shown.track ? [] : [{ key: trackAttribute, value: shown.track }]),
          { key: stageAttribute, value: shown.awaits },
          ...(shown.outcome === undefined ? [] : [{ key: outcomeAttribute, value: shown.outcome }]),
        ]);
      setCurrentDetails(currentDetails(state, nextStep(state, rules, now())));
    },
  };
}

type Shown = { status: StatusDocument; awaits: string; outcome: string | undefined; track: string };

function shownOf(state: SubmissionState, { current: { track } }: Texts): Shown {
  return { status: publicStatus(state), awaits: awaits(state), outcome: conclusionOf(state)?.kind, track };
}

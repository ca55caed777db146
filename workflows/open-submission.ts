import { setCurrentDetails, setHandler, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { editRulesOf } from '../contract/call/edit-rules.ts';
import { held } from '../contract/lifecycle/answer-letters.ts';
import { type Change, changed } from '../contract/lifecycle/change.ts';
import { currentDetails } from '../contract/lifecycle/describe-step.ts';
import { dueOf } from '../contract/lifecycle/due-of.ts';
import { nextStep, type Step } from '../contract/lifecycle/next-step.ts';
import { openingState } from '../contract/lifecycle/opening-state.ts';
import { changedAttributes, shownAttributes } from '../contract/lifecycle/shown-attributes.ts';
import { upcastState } from '../contract/lifecycle/upcast.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import { publicStatus } from '../contract/public-status.ts';
import { editionOf, isOver, withAddress } from '../contract/record.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { Submission } from '../contract/submission.ts';
import { publicStatusQuery, recordQuery } from '../contract/workflow/queries.ts';
import type { Recordable, Recorded } from '../contract/workflow/recordable.ts';
import type { SubmissionInput, SubmissionMemo } from '../contract/workflow/submission-input.ts';
import { createClock } from './clock.ts';
import { createTexts } from './texts.ts';

export type OpenSubmission = ReturnType<typeof openSubmission>;

/** An outcome that is being recorded, before it is told. */
export type Upcoming = Pick<Recordable, 'state' | 'answerWithin'>;

/** The state of a submission. `change()` alone changes it; `publish()` shows it in memo, search attributes and details. */
export function openSubmission(input: SubmissionInput) {
  const { fingerprint, rules, carried, runbook } = input;
  /** This run is for one command, given when its submission was over. */
  const isForOne = input.late !== undefined;
  const settings = messageSettingsOf(input);
  const clock = createClock();
  let state = openingState(input);
  const texts = createTexts(input, state);
  let known = carried?.known ?? 0;
  let run = '';
  let upcoming: Upcoming | undefined;
  let due: string | undefined;
  let shown = shownNow();

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
    clock,
    recordable,

    get state(): Readonly<SubmissionState> {
      return state;
    },

    get submission(): Submission {
      return withAddress(texts.current, state);
    },

    get step(): Step {
      return stepNow();
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

    change(change: Change, at = clock.now()): void {
      state = changed(state, change, at);
    },

    edit(change: Change, text: Submission): void {
      const before = editionOf(state);
      state = changed(state, change, clock.now());
      if (editionOf(state) !== before) texts.edited(state, text);
    },

    /** A letter to the speaker did not arrive. */
    hold(letter: string): void {
      const at = clock.now();
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
      shown = shownNow();
      if (JSON.stringify(last.status) !== JSON.stringify(shown.status))
        upsertMemo({ publicStatus: shown.status } satisfies Partial<SubmissionMemo>);
      const changed = changedAttributes(last.attributes, shown.attributes);
      if (changed.length > 0) upsertSearchAttributes(changed);
      setCurrentDetails(currentDetails(state, shown.step, runbook));
    },
  };

  function stepNow(): Step {
    // Such a run never takes up the life of its submission again.
    return isForOne && !isOver(state) ? { end: true } : nextStep(state, rules, clock.now());
  }

  function shownNow() {
    const step = stepNow();
    // What it does takes a moment: not worth an event of its own.
    if (!('do' in step)) due = dueOf(state, step);
    return { step, status: publicStatus(state), attributes: shownAttributes(state, due, texts.current.track) };
  }
}

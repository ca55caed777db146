import type { CallRules } from '../../../contract/call/rules.ts';
import { rulesOfStage } from '../../../contract/call/rules-of-stage.ts';
import { heldUntil } from '../../../contract/held-until.ts';
import { type Change, changed } from '../../../contract/lifecycle/change.ts';
import type { Doing } from '../../../contract/lifecycle/next-step.ts';
import { reopened } from '../../../contract/lifecycle/reopened.ts';
import * as by from '../../../contract/lifecycle/steps.ts';
import { attendanceOf, panelAtWork } from '../../../contract/record.ts';
import type { Stage } from '../../../contract/stages.ts';
import type { Dates, SubmissionState } from '../../../contract/state.ts';
import type { SomeJudgement } from './judgements.ts';
import { judgementOf } from './judgements.ts';
import type { reopensOf } from './reopens.ts';
import { datesFrom, remindersBefore } from './utc.ts';

type World = {
  readonly state: SubmissionState;
  readonly clock: number;
  readonly now: string;
  readonly isRecordDue: boolean;
  /** For whom each slot was given on: `free`, or until when it is held. */
  slots: string[];
  change(by: string, change: Change, at?: string): void;
  activity(finish: () => void, isTelling?: true): void;
  /** @returns false if the record was ahead, and its state is adopted */
  record(upcoming?: SubmissionState): boolean;
};

type Input = {
  rules: CallRules;
  judgements: readonly SomeJudgement[];
  origin: ReturnType<typeof reopensOf> | undefined;
};

/** Does what `nextStep` says, as `workflows/steps.ts` does. */
export function createSteps(world: World, { rules, judgements, origin }: Input) {
  let judged = 0;

  return function perform(step: Doing): void {
    const { state } = world;
    switch (step.do) {
      case 'enter':
        world.change(step.do, origin ? reopened(origin, state, world.now) : by.entered(step.stage, world.now));
        return;
      case 'open-panel':
        openPanel(step.stage);
        return;
      case 'judge':
        judge(step.stage);
        return;
      case 'plan-reminders':
        planReminders();
        return;
      case 'remind':
        world.change(step.do, by.reminded(state, world.now));
        return;
      case 'escalate':
        world.change(step.do, by.escalated(state, world.now));
        return;
      case 'pass-referral':
        world.change(step.do, by.referralPassed(state, world.now));
        return;
      case 'pass-recheck':
        world.change(step.do, by.recheckPassed());
        return;
      case 'escalate-recheck':
        world.change(step.do, by.recheckEscalated(state, world.now));
        return;
      case 'reject-undecided':
        world.change(step.do, by.rejectedUndecided(state, step.stage, world.now));
        return;
      case 'restart-clock':
        restartClock();
        return;
      case 'lapse':
        world.change(step.do, by.lapsed(state, world.now));
        return;
      case 'tell': {
        const { attendance } = rules;
        const asks = by.asksForAnswer(state, step.outcome, rules) ? attendance : undefined;
        tell(step.do, (state, dates, at) => by.told(state, step.outcome, dates, at), asks);
        return;
      }
      case 'tell-waitlisted':
        tell(step.do, (state, _, at) => by.toldWaitlisted(state, at));
        return;
      case 'fail':
        tell(step.do, (state, _, at) => by.failed(state, step.error, at));
        return;
      case 'pass-slot-on':
        passSlotOn();
        return;
      default:
        step satisfies never;
    }
  };

  function restartClock(): void {
    const { course } = world.state;
    const dates = rules.attendance && datesFrom(world.clock, rules.attendance);
    world.activity(() => {
      if (dates && world.state.course === course)
        world.change('restart-clock', by.clockRestarted(world.state, dates, world.now));
    });
  }

  function openPanel(stage: Stage): void {
    const { policy } = rulesOfStage(rules, stage);
    if (policy.kind !== 'panel') return;
    const { course } = world.state;
    const dates = datesFrom(world.clock, policy);
    world.activity(() => {
      if (world.state.course === course) world.change('open-panel', by.panelOpened(world.state, dates));
    });
  }

  function judge(stage: Stage): void {
    const { course, edition } = world.state;
    world.activity(() => {
      const { state } = world;
      if (state.course !== course || state.edition !== edition) return;
      const found = judgements[judged++] ?? 'passed';
      const result =
        found === 'fails'
          ? by.stuck(state, world.now)
          : by.judged(state, stage, judgementOf(found, stage === state.stages.at(-1), world.clock), world.now);
      world.change('judge', result);
    });
  }

  /** What has freed the slot is on record before it is given on. */
  function passSlotOn(): void {
    if (world.isRecordDue) {
      world.record();
      return;
    }
    world.activity(() => {
      world.slots.push(heldUntil(world.state, rules, world.now) ?? 'free');
      world.change('pass-slot-on', by.slotPassedOn(world.state));
    });
  }

  function planReminders(): void {
    const { course } = world.state;
    const attendance = attendanceOf(world.state);
    const panel = panelAtWork(world.state);
    const due = attendance?.answer === 'awaited' ? attendance.due : panel?.due;
    const policy = panel && rulesOfStage(rules, panel.stage).policy;
    const periods = attendance ? rules.attendance?.reminders : policy?.kind === 'panel' ? policy.reminders : [];
    if (due === undefined) return;
    const reminders = remindersBefore(world.clock, due, periods ?? []);
    world.activity(() => {
      if (world.state.course === course) world.change('plan-reminders', by.remindersPlanned(world.state, reminders));
    });
  }

  /** The outcome is on record first. In an outage, the workflow hands it over as it was in the beginning. */
  function tell(
    name: string,
    told: (state: SubmissionState, dates: Dates | undefined, at: string) => Change,
    asks?: NonNullable<CallRules['attendance']>,
  ): void {
    const at = world.now;
    const before = world.state;
    world.activity(() => {
      const dates = asks && datesFrom(world.clock, asks);
      if (world.record(changed(before, told(before, dates, at), at)))
        world.change(name, told(world.state, dates, at), at);
    }, true);
  }
}

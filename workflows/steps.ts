import type { TemporalFailure } from '@temporalio/workflow';
import { rulesOfStage } from '../contract/call/rules-of-stage.ts';
import { heldUntil } from '../contract/held-until.ts';
import { type Change, changed } from '../contract/lifecycle/change.ts';
import type { Doing } from '../contract/lifecycle/next-step.ts';
import { reopened } from '../contract/lifecycle/reopened.ts';
import * as by from '../contract/lifecycle/steps.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import { attendanceOf, panelAtWork } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { Dates, SubmissionState } from '../contract/state.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import { calendar, passSlotOn } from './activity-proxies.ts';
import { judge } from './judge.ts';
import type { OpenSubmission } from './open-submission.ts';
import type { Recorder } from './recorder.ts';

/** How the workflow does what `nextStep` says. */
export function createSteps(open: OpenSubmission, recorder: Recorder, { reopens }: SubmissionInput) {
  let lastFailure: TemporalFailure | undefined;
  const { rules } = open;
  const { now } = open.clock;

  return {
    /** Why the service gave up last. */
    get lastFailure(): TemporalFailure | undefined {
      return lastFailure;
    },

    async perform(step: Doing): Promise<void> {
      const { state } = open;
      switch (step.do) {
        case 'enter':
          return open.change(reopens ? reopened(reopens, state, now()) : by.entered(step.stage, now()));
        case 'open-panel':
          return openPanel(step.stage);
        case 'judge':
          return judgeStage(step.stage);
        case 'plan-reminders':
          return planReminders();
        case 'remind':
          return open.change(by.reminded(state, now()));
        case 'escalate':
          return open.change(by.escalated(state, now()));
        case 'pass-referral':
          return open.change(by.referralPassed(state, now()));
        case 'pass-recheck':
          return open.change(by.recheckPassed());
        case 'escalate-recheck':
          return open.change(by.recheckEscalated(state, now()));
        case 'reject-undecided':
          return open.change(by.rejectedUndecided(state, step.stage, now()));
        case 'restart-clock':
          return restartClock();
        case 'lapse':
          return open.change(by.lapsed(state, now()));
        case 'tell':
          return tell(
            (state, dates, at) => by.told(state, step.outcome, dates, at),
            by.asksForAnswer(state, step.outcome, rules),
          );
        case 'tell-waitlisted':
          return tell((state, _, at) => by.toldWaitlisted(state, at));
        case 'fail':
          return tell((state, _, at) => by.failed(state, step.error, at));
        case 'pass-slot-on':
          return passOn();
        default:
          return step satisfies never;
      }
    },
  };

  async function openPanel(stage: Stage): Promise<void> {
    const { policy } = rulesOfStage(rules, stage);
    if (policy.kind !== 'panel') return;
    const { course } = open.state;
    const dates = await calendar.datesFrom(now(), policy, rules.timeZone);
    if (open.state.course === course) open.change(by.panelOpened(open.state, dates));
  }

  async function judgeStage(stage: Stage): Promise<void> {
    const result = await judge(stage, open);
    if ('isLate' in result) return;
    if ('judgement' in result) return open.change(by.judged(open.state, stage, result.judgement, now()));
    lastFailure = result.failure;
    open.change(by.stuck(open.state, now()));
  }

  async function planReminders(): Promise<void> {
    const { course } = open.state;
    const due = dueOf(open.state);
    if (due === undefined) return;
    const { reminders } = await calendar.remindersBefore(now(), due, periods(), rules.timeZone);
    if (open.state.course === course) open.change(by.remindersPlanned(open.state, reminders));
  }

  async function restartClock(): Promise<void> {
    const { course } = open.state;
    const { attendance, timeZone } = rules;
    if (attendance === undefined) return;
    const dates = await calendar.datesFrom(now(), attendance, timeZone);
    if (open.state.course === course) open.change(by.clockRestarted(open.state, dates, now()));
  }

  /** What has freed the slot is on record before it is offered to others. */
  async function passOn(): Promise<void> {
    if (recorder.isUnderWay) return recorder.untilDone();
    if (recorder.isDue) return recorder.record();
    open.publish();
    const held = heldUntil(open.state, rules, now());
    await passSlotOn(omitUndefined({ freedBy: open.state.id, held }));
    open.clock.read();
    open.change(by.slotPassedOn(open.state));
  }

  /** The outcome is on record before anybody can see it: the record is the register of what was told. */
  async function tell(
    change: (state: SubmissionState, dates: Dates | undefined, at: string) => Change,
    asksForAnswer = false,
  ): Promise<void> {
    // Commands that come meanwhile count: what is told is told of the state after them.
    if (recorder.isUnderWay) return recorder.untilDone();
    const at = now();
    const { attendance, timeZone } = rules;
    const answerWithin = asksForAnswer && attendance ? { from: at, rules: attendance, timeZone } : undefined;
    const pending = answerWithin && { due: at };
    const state = changed(open.state, change(open.state, pending, at), at);
    const recorded = await recorder.recordOutcome({ state, ...(answerWithin && { answerWithin }) });
    if (recorded) open.change(change(open.state, recorded.dates, at), at);
  }

  function periods() {
    if (attendanceOf(open.state)) return rules.attendance?.reminders ?? [];
    const stage = panelAtWork(open.state)?.stage;
    const policy = stage && rulesOfStage(rules, stage).policy;
    return policy?.kind === 'panel' ? policy.reminders : [];
  }
}

function dueOf(state: SubmissionState): string | undefined {
  const attendance = attendanceOf(state);
  return attendance?.answer === 'awaited' ? attendance.due : panelAtWork(state)?.due;
}

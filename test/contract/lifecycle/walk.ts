/** A submission's life without a server: commands, time and faults, met as the workflow meets them. */
import { type CallRules, rulesOfStage } from '../../../contract/call/rules.ts';
import { heldUntil } from '../../../contract/held-until.ts';
import type { StatusDocument } from '../../../contract/http/status.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { carriedOf } from '../../../contract/lifecycle/carried.ts';
import { type Change, changed } from '../../../contract/lifecycle/change.ts';
import { type Doing, nextStep, type Step, type Waiting } from '../../../contract/lifecycle/next-step.ts';
import { Refusal } from '../../../contract/lifecycle/refusal.ts';
import { reopened } from '../../../contract/lifecycle/reopened.ts';
import * as by from '../../../contract/lifecycle/steps.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { attendanceOf, conclusionOf, decisionOf, panelAtWork } from '../../../contract/record.ts';
import type { Stage } from '../../../contract/stages.ts';
import type { Dates, SubmissionState } from '../../../contract/state.ts';
import { anId } from '../../support/fixtures.ts';
import { aVerdict } from '../../support/records.ts';
import { Broken } from './broken.ts';
import { type Given, givenBy, type SomeCommand } from './commands.ts';
import { begin, day } from './random-rules.ts';
import { createRegister } from './register.ts';

export type Fault =
  /** The next activity takes until time has passed. */
  | { fault: 'slow' }
  /** The next command comes in one task with what follows: the workflow does nothing in between. */
  | { fault: 'together' }
  | { fault: 'continue-as-new' }
  /** By an operator, like the reset to an earlier time. */
  | { fault: 'cancel' }
  | { fault: 'reset'; back: number };

export type WalkEvent = { wait: number } | SomeCommand | Fault;

export type SomeJudgement =
  | 'passed'
  | 'rejected'
  | 'waitlisted'
  | 'fails'
  | 'finds'
  | 'refers'
  | 'refers-until-passed'
  | 'refers-until-escalated';

export type Reopens = 'rejected' | 'accepted';

export type WalkInput = {
  rules: CallRules;
  reopens: Reopens | undefined;
  judgements: SomeJudgement[];
  events: WalkEvent[];
};

/** A state, what had led to it, and what others saw of it. */
export type Moment = {
  by: string;
  now: string;
  state: SubmissionState;
  document: StatusDocument;
  /** What was on record as told by then. */
  told: string | undefined;
  /** It is being run anew after a reset, and nobody has believed it yet. */
  isBehind: boolean;
};

export type Pause = { step: Waiting; state: SubmissionState; now: string };
type Repetition = { command: string; changes: boolean; result: unknown; again: unknown };
type Answered = { command: string; code: string | undefined; said: string };

export type Walk = ReturnType<typeof createWalk>;

/** More would be a loop: each stage takes four at most, and a deadline two reminders. */
const mostAtOnce = 40;

export function createWalk({ rules, reopens, judgements }: Omit<WalkInput, 'events'>) {
  const register = createRegister();
  let moments: Moment[] = [];
  const pauses: Pause[] = [];
  const repetitions: Repetition[] = [];
  const answers: Answered[] = [];
  const done: string[] = [];
  const slots: string[] = [];
  /** The submissions whose slots it has taken. */
  const taken = new Set<string>();
  const origin = reopens && reopensOf(rules, reopens);
  let clock = begin;
  let instant = iso(begin);
  let state = initialState({
    id: anId(1),
    createdAt: iso(begin),
    rules,
    ...(origin && { reopens: origin }),
  });
  let run = 1;
  let known = 0;
  let isBehind = false;
  let judged = 0;
  let isSlow = false;
  let isTogether = false;
  let recordUnderWay = false;
  let pending: { finish: () => void; isTelling?: true } | undefined;
  let queue: Given[] = [];
  let checkpoints: { state: SubmissionState; known: number }[] = [];
  note('begins');
  proceed();

  return {
    rules,
    pauses,
    repetitions,
    answers,
    slots,
    /** What the workflow has done, in order. */
    done,
    register,

    get state(): SubmissionState {
      return state;
    },

    /** Without those of runs that were reset, and learnt better. */
    get moments(): readonly Moment[] {
      return moments;
    },

    meet(event: WalkEvent): void {
      if ('wait' in event) pass(event.wait);
      else if ('fault' in event) suffer(event);
      else {
        give(givenBy(event, { state, now: now(), rules }));
        if (!isTogether) proceed();
        isTogether = false;
      }
    },

    /** Time passes for as long as something is due; then the call is closed. */
    end(): void {
      for (let turns = 0; turns < 60; turns++) {
        pass(0);
        const step = nextStep(state, rules, now());
        if ('end' in step) return;
        if ('do' in step) throw new Broken('an end is reached, or somebody named is waited for', `stays at ${step.do}`);
        if (step.until !== undefined) pass(Date.parse(step.until) - clock);
        else if (state.closing)
          throw new Broken('an end is reached, or somebody named is waited for', `${step.wait} in a closed call`);
        else give(givenBy({ command: 'close', by: 'Zoe' }, { state, now: now(), rules }));
        proceed();
      }
      throw new Broken('an end is reached, or somebody named is waited for', 'time passes for ever');
    },
  };

  function now(): string {
    return instant;
  }

  function note(by: string): void {
    moments.push({ by, now: now(), state, document: publicStatus(state), told: register.told, isBehind });
  }

  function change(by: string, change: Change, at = now()): void {
    state = changed(state, change, at);
    note(by);
  }

  function pass(milliseconds: number): void {
    clock += milliseconds;
    instant = iso(clock);
    isSlow = false;
    const { finish } = pending ?? {};
    pending = undefined;
    finish?.();
    recordUnderWay = false;
    proceed();
    // The reconciler finds what is behind its record.
    if (isBehind && pending === undefined) record();
    proceed();
  }

  function suffer(event: Fault): void {
    switch (event.fault) {
      case 'slow':
        isSlow = true;
        return;
      case 'together':
        isTogether = true;
        return;
      case 'cancel':
        if (conclusionOf(state) === undefined) change('an operator', { isStopped: true });
        proceed();
        return;
      case 'continue-as-new':
        if (pending || isBehind || known < state.revision) return;
        run++;
        state = carriedOf(state);
        proceed();
        return;
      case 'reset':
        reset(event.back);
        return;
      default:
        event satisfies never;
    }
  }

  function reset(back: number): void {
    const to = checkpoints.at(-1 - back);
    if (to === undefined || recordUnderWay || register.revision !== state.revision) return;
    checkpoints = checkpoints.slice(0, checkpoints.length - back);
    ({ state, known } = to);
    run++;
    isBehind = true;
    pending = undefined;
    queue = [];
    isSlow = false;
    note('an operator resets');
    proceed();
  }

  function give(given: Given): void {
    if (isBehind) return;
    const refusal = refusalOf(given);
    const { code, message = '', details } = refusal ?? {};
    answers.push({ command: given.name, code, said: `${code} ${message} ${JSON.stringify(details)}` });
    if (refusal) return;
    if (given.waitsForOutcome && pending?.isTelling) queue.push(given);
    else apply(given);
  }

  function apply(given: Given): void {
    const { change: more, result } = given.apply({ state, rules, now: now() });
    if (more) change(given.name, more);
    const again = refusalOf(given) === undefined ? given.apply({ state, rules, now: now() }) : undefined;
    repetitions.push({ command: given.name, changes: again?.change !== undefined, result, again: again?.result });
    // Organisers have decided otherwise, and nobody has the slot.
    if (given.name === 'decide' && decisionOf(state) !== 'accepted') taken.clear();
    if (given.slot === undefined) return;
    if (taken.has(given.slot) && result !== true)
      throw new Broken(
        'a slot is freed once, by one who had it',
        'it was taken, and would be given to another one too',
      );
    if (result === true) taken.add(given.slot);
  }

  function refusalOf(given: Given): Refusal | undefined {
    try {
      given.check({ state, rules, now: now() });
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  /** As in `workflows/submission.ts`. */
  function proceed(): void {
    for (let count = 0; pending === undefined; count++) {
      const step: Step = nextStep(state, rules, now());
      if ('do' in step) {
        if (count > mostAtOnce)
          throw new Broken('an end is reached, or somebody named is waited for', `does ${step.do} again and again`);
        perform(step);
      } else {
        if (state.revision > known && !recordUnderWay && !record()) continue;
        if ('wait' in step && pauses.at(-1)?.state !== state) pauses.push({ step, state, now: now() });
        if (!isBehind && !recordUnderWay && checkpoints.at(-1)?.state !== state) checkpoints.push({ state, known });
        return;
      }
    }
  }

  /** @returns false if the record was ahead, and its state is adopted */
  function record(): boolean {
    if (isSlow) {
      isSlow = false;
      recordUnderWay = true;
      return true;
    }
    return accept(register.keep(state, { run, known }), state.revision);
  }

  function accept(kept: ReturnType<typeof register.keep>, revision: number): boolean {
    isBehind = false;
    if (kept.kind === 'kept') {
      for (const moment of moments) moment.isBehind = false;
      known = Math.max(known, revision);
      return true;
    }
    moments = moments.filter((moment) => !moment.isBehind);
    state = carriedOf(kept.state);
    known = state.revision;
    note('the record is ahead');
    return false;
  }

  function activity(finish: () => void, isTelling?: true): void {
    if (isSlow) pending = { finish, ...(isTelling && { isTelling }) };
    else finish();
    isSlow = false;
  }

  /** As in `workflows/steps.ts`. */
  function perform(step: Doing): void {
    done.push(step.do);
    switch (step.do) {
      case 'enter':
        change(step.do, origin ? reopened(origin, state, now()) : by.entered(step.stage, now()));
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
        change(step.do, by.reminded(state, now()));
        return;
      case 'escalate':
        change(step.do, by.escalated(state, now()));
        return;
      case 'pass-referral':
        change(step.do, by.referralPassed(state, now()));
        return;
      case 'reject-undecided':
        change(step.do, by.rejectedUndecided(state, step.stage, now()));
        return;
      case 'lapse':
        change(step.do, by.lapsed(state, now()));
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
        if (state.revision > known && !recordUnderWay) {
          record();
          return;
        }
        activity(() => {
          slots.push(heldUntil(state, rules, clock) ?? 'free');
          change(step.do, by.slotPassedOn(state));
        });
        return;
      default:
        step satisfies never;
    }
  }

  function openPanel(stage: Stage): void {
    const { policy } = rulesOfStage(rules, stage);
    if (policy.kind !== 'panel') return;
    const { course } = state;
    const dates = datesFrom(clock, policy);
    activity(() => {
      if (state.course === course) change('open-panel', by.panelOpened(state, dates));
    });
  }

  function judge(stage: Stage): void {
    const { course } = state;
    activity(() => {
      if (state.course !== course) return;
      const found = judgements[judged++] ?? 'passed';
      const result =
        found === 'fails' ? by.stuck(state, now()) : by.judged(state, stage, judgementOf(found, stage), now());
      change('judge', result);
    });
  }

  function judgementOf(found: Exclude<SomeJudgement, 'fails'>, stage: Stage): by.Judgement {
    const reasons = [{ code: 'found', detail: 'It was found.' }];
    const finding = { check: 'words' as const, detail: 'It may offend.' };
    switch (found) {
      case 'passed':
      case 'rejected':
        return { outcome: found, reasons };
      case 'waitlisted':
        return { outcome: stage === state.stages.at(-1) ? found : 'passed', reasons };
      case 'finds':
        return { outcome: 'passed', reasons, findings: [{ ...finding, consequence: 'flag' }] };
      default: {
        const findings = [{ ...finding, consequence: 'refer' as const }];
        if (found === 'refers') return { outcome: 'passed', reasons, findings };
        const whenDue = found === 'refers-until-passed' ? 'pass' : 'escalate';
        return { outcome: 'passed', reasons, findings, referral: { due: iso(clock + 5 * day), whenDue } };
      }
    }
  }

  function planReminders(): void {
    const { course } = state;
    const attendance = attendanceOf(state);
    const panel = panelAtWork(state);
    const due = attendance?.answer === 'awaited' ? attendance.due : panel?.due;
    const policy = panel && rulesOfStage(rules, panel.stage).policy;
    const periods = attendance ? rules.attendance?.reminders : policy?.kind === 'panel' ? policy.reminders : [];
    if (due === undefined) return;
    const reminders = remindersBefore(clock, due, periods ?? []);
    activity(() => {
      if (state.course === course) change('plan-reminders', by.remindersPlanned(state, reminders));
    });
  }

  /** The outcome is on record first. In an outage, the workflow hands it over as it was in the beginning. */
  function tell(
    name: string,
    told: (state: SubmissionState, dates: Dates | undefined, at: string) => Change,
    asks?: NonNullable<CallRules['attendance']>,
  ): void {
    const at = now();
    const before = state;
    const writer = { run, known };
    activity(() => {
      const dates = asks && datesFrom(clock, asks);
      const upcoming = changed(before, told(before, dates, at), at);
      const kept = register.keep(upcoming, writer);
      if (accept(kept, upcoming.revision)) change(name, told(state, dates, at), at);
      const waiting = queue;
      queue = [];
      for (const given of waiting) if (refusalOf(given) === undefined) apply(given);
    }, true);
  }
}

export function walk({ events, ...input }: WalkInput): Walk {
  const walk = createWalk(input);
  for (const event of events) walk.meet(event);
  return walk;
}

/** Days of the calendar are those of UTC, which are quicker to count. */
function datesFrom(
  from: number,
  { deadline, reminders }: Pick<NonNullable<CallRules['attendance']>, 'deadline' | 'reminders'>,
): Dates {
  const due = iso(from + deadline.days * day);
  return { due, reminders: remindersBefore(from, due, reminders) };
}

function remindersBefore(from: number, due: string, periods: readonly { days: number }[]): string[] {
  const all = periods.map(({ days }) => iso(Date.parse(due) - days * day)).sort();
  return all.filter((at) => at > iso(from));
}

function iso(clock: number): string {
  return new Date(clock).toISOString();
}

function reopensOf({ stages }: CallRules, outcome: Reopens) {
  const names = stages.map(({ stage }) => stage);
  const decided = outcome === 'accepted' ? names : names.slice(0, 1);
  const verdicts = decided.map((stage, index) =>
    aVerdict(stage, { outcome: outcome === 'rejected' && index === decided.length - 1 ? 'rejected' : 'passed' }),
  );
  const stage = decided.at(-1) ?? 'moderation';
  return { id: anId(2), original: anId(2), by: 'Olga', reason: 'An error.', stage, verdicts };
}

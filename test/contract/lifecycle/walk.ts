/** A submission's life without a server: commands, time and faults, met as the workflow meets them. */
import type { StatusDocument } from '../../../contract/http/status.ts';
import { initialState } from '../../../contract/initial-state.ts';
import { held } from '../../../contract/lifecycle/answer-letters.ts';
import { carriedOf } from '../../../contract/lifecycle/carried.ts';
import { type Change, changed } from '../../../contract/lifecycle/change.ts';
import { nextStep, type Step, type Waiting } from '../../../contract/lifecycle/next-step.ts';
import { Refusal } from '../../../contract/lifecycle/refusal.ts';
import { publicStatus } from '../../../contract/public-status.ts';
import { conclusionOf, decisionOf } from '../../../contract/record.ts';
import type { SubmissionState } from '../../../contract/state.ts';
import { anId } from '../../support/fixtures.ts';
import { Broken } from './broken.ts';
import { type Given, givenBy, letterIn } from './commands.ts';
import { begin } from './random-rules.ts';
import { createRegister } from './register.ts';
import { reopensOf } from './reopens.ts';
import { createSteps } from './steps.ts';
import { iso } from './utc.ts';
import type { Fault, WalkEvent, WalkInput } from './walk-events.ts';

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
  let isSlow = false;
  let isTogether = false;
  let recordUnderWay = false;
  let pending: { finish: () => void; isTelling?: true } | undefined;
  let queue: Given[] = [];
  let checkpoints: { state: SubmissionState; known: number }[] = [];
  const world = {
    slots,
    change,
    activity,
    record,
    get state() {
      return state;
    },
    get clock() {
      return clock;
    },
    get now() {
      return now();
    },
    get isRecordDue() {
      return state.revision > known && !recordUnderWay;
    },
  };
  const perform = createSteps(world, { rules, judgements, origin });
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

    get now(): string {
      return instant;
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
    const waiting = queue;
    queue = [];
    for (const given of waiting) if (refusalOf(given) === undefined) apply(given);
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
      case 'undelivered': {
        const stopped = isBehind ? undefined : held(state, letterIn(state), now());
        if (stopped) change('a letter does not arrive', stopped);
        proceed();
        return;
      }
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
        done.push(step.do);
        perform(step);
      } else {
        if (state.revision > known && !recordUnderWay && !record()) continue;
        if ('wait' in step && pauses.at(-1)?.state !== state) pauses.push({ step, state, now: now() });
        if (!isBehind && !recordUnderWay && checkpoints.at(-1)?.state !== state) checkpoints.push({ state, known });
        return;
      }
    }
  }

  /** An upcoming outcome waits for its record; what else is to be recorded doesn't hold up the submission. */
  function record(upcoming?: SubmissionState): boolean {
    if (isSlow && upcoming === undefined) {
      isSlow = false;
      recordUnderWay = true;
      return true;
    }
    const kept = register.keep(upcoming ?? state, { run, known });
    isBehind = false;
    if (kept.kind === 'kept') {
      for (const moment of moments) moment.isBehind = false;
      known = Math.max(known, (upcoming ?? state).revision);
      return true;
    }
    moments = moments.filter((moment) => !moment.isBehind);
    state = carriedOf(kept.state);
    known = state.revision;
    note('the record is ahead');
    return false;
  }

  /** An outcome waits for the record that is being written. */
  function activity(finish: () => void, isTelling?: true): void {
    if (isSlow || (isTelling && recordUnderWay)) pending = { finish, ...(isTelling && { isTelling }) };
    else finish();
    isSlow = false;
  }
}

export function walk({ events, ...input }: WalkInput): Walk {
  const walk = createWalk(input);
  for (const event of events) walk.meet(event);
  return walk;
}

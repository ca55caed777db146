/** The way of one submission, from received to its outcome and to the speaker's answer: it waits for people, or doesn't. */
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { isDate, isKeptBack } from '../contract/call/announcing.ts';
import type { CallRules } from '../contract/call/rules.ts';
import type { Outcome } from '../contract/outcomes.ts';
import { decisionOf, hadPlace } from '../contract/record.ts';
import { type Stage, stages } from '../contract/stages.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import { announce, judges, keepAnswer, passPlaceOn } from './activity-proxies.ts';
import { acceptAnswers, attend } from './attendance.ts';
import { noted, released } from './commands.ts';
import { concludeWith, outcomeOf } from './conclusion.ts';
import { acceptDecisions } from './decisions.ts';
import { hear } from './panel.ts';
import { type OpenRecord, openRecord } from './record.ts';
import { afterJudging } from './referral.ts';
import { rest } from './rest.ts';
import { acceptReviews } from './reviews.ts';
import { acceptWithdrawal } from './withdrawal.ts';

export async function submission(input: SubmissionInput): Promise<{ outcome: Outcome | 'withdrawn' }> {
  const { rules } = input;
  const record = openRecord(input);
  const way = new CancellationScope();
  acceptWithdrawal(record, way);
  acceptReviews(record, rules);
  acceptDecisions(record, rules);
  acceptAnswers(record, rules);

  let failure: unknown;
  try {
    await way.run(() => judge(record, input));
  } catch (error) {
    if (record.conclusion?.kind !== 'withdrawn') failure = concludeWith(error, record);
  }
  // Only now: what is on record is answered as the truth, and so the task that reached the conclusion has to be through.
  if (record.conclusion) await CancellationScope.nonCancellable(() => announce(record.asKept(), rules));
  if (record.conclusion && !record.state.isOver) failure = await hearAnswer(record, rules);
  if (isPlaceFree(record)) await CancellationScope.nonCancellable(() => passPlaceOn(record.asKept()));
  if (failure !== undefined) throw failure;
  return { outcome: resultOf(record) };
}

/** Stage by stage to a decision, and, when it may be told, to the conclusion. Until then it may be decided otherwise. */
async function judge(record: OpenRecord, { rules, reopens }: SubmissionInput): Promise<void> {
  const [first] = stages;
  record.transition(reopens ? reopened(reopens, record.state) : { stage: first });
  while (record.conclusion === undefined) {
    const { state } = record;
    const decision = decisionOf(state);
    const stage = state.stage === 'received' ? first : state.stage;
    if (decision === undefined) await reachVerdict(stage, record, rules);
    else if (!mayBeTold(record, rules)) await untilAnnounced(record, rules);
    else if (decision !== 'waitlisted' || state.closing) record.transition(outcomeOf(decision, state, rules));
    else await waitForPlace(record, rules);
  }
}

function reopened(reopens: NonNullable<SubmissionInput['reopens']>, state: SubmissionState): Partial<SubmissionState> {
  const { id, by, reason, stage, verdicts } = reopens;
  const commands = noted(state, { by, command: 'reopen', reason, detail: id });
  return { stage, verdicts, commands, releases: released(state, 'reopened') };
}

async function reachVerdict(stage: Stage, record: OpenRecord, rules: CallRules): Promise<void> {
  const { policy } = rules.stages[stage];
  if (policy.kind === 'panel') return hear(stage, policy, record, rules);
  const wait = { milliseconds: policy.after, summary: `${stage}: time to withdraw before the verdict` };
  await rest(record, rules, () => record.state.closing !== undefined, wait);

  const verdict = await judges[stage](record.asKept(), rules);
  // Withdrawn in the same task that brought the verdict: what was asked first counts.
  if (record.conclusion) return;
  const change = afterJudging(record.state, verdict);
  const now = { ...record.state, ...change };
  const decision = decisionOf(now);
  // In one transition with the verdict: each of them is two events in the history.
  const ending = decision && mayBeTold(record, rules) ? outcomeOf(decision, now, rules) : {};
  record.transition({ ...change, ...ending });
}

/** Where outcomes are kept back, it takes an organiser, or the day, to tell them. */
function mayBeTold({ state }: OpenRecord, rules: CallRules): boolean {
  if (state.isReleased || state.isOnWaitlist) return true;
  if (state.original !== undefined) return false;
  if (!isKeptBack(rules)) return true;
  return isDate(rules.announcement) && Date.parse(rules.announcement) <= Date.now();
}

async function untilAnnounced(record: OpenRecord, rules: CallRules): Promise<void> {
  const { announcement } = rules;
  // Decided otherwise, it may have to go on to another stage.
  const isToGoOn = () => record.state.isReleased === true || decisionOf(record.state) === undefined;
  if (!isDate(announcement) || record.state.original !== undefined) return rest(record, rules, isToGoOn);
  const milliseconds = Date.parse(announcement) - Date.now();
  const summary = 'decided; the answer is kept back until the announcement';
  return rest(record, rules, isToGoOn, { milliseconds, summary });
}

async function waitForPlace(record: OpenRecord, rules: CallRules): Promise<void> {
  const { state } = record;
  if (!state.isOnWaitlist) record.transition({ isOnWaitlist: true, releases: released(state, 'waitlisted') });
  const isToGoOn = () => decisionOf(record.state) !== 'waitlisted' || record.state.closing !== undefined;
  await rest(record, rules, isToGoOn);
}

/** What the speaker answers is on record before the place goes to another one. */
async function hearAnswer(record: OpenRecord, rules: CallRules): Promise<unknown> {
  let failure: unknown;
  try {
    await attend(record, rules);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    failure = error;
    if (!record.state.isOver) record.transition({ isOver: true });
  }
  await CancellationScope.nonCancellable(() => keepAnswer(record.asKept(), rules));
  return failure;
}

/** It had a place, and its speaker will not come. */
function isPlaceFree({ state }: OpenRecord): boolean {
  const { conclusion, attendance } = state;
  if (!hadPlace(state)) return false;
  if (conclusion?.kind === 'withdrawn') return true;
  return attendance !== undefined && attendance.answer !== 'confirmed';
}

function resultOf({ conclusion }: OpenRecord): Outcome | 'withdrawn' {
  if (conclusion === undefined || conclusion.kind === 'failed') throw new Error('The way ended without an outcome');
  return conclusion.kind;
}

/** The workflow of one submission: from its receipt to the outcome, and to the speaker's answer. */
import { CancellationScope, isCancellation } from '@temporalio/workflow';
import { isDate, isWithheld } from '../contract/call/announcing.ts';
import type { CallRules } from '../contract/call/rules.ts';
import type { Outcome } from '../contract/outcomes.ts';
import { decisionOf, hadSlot } from '../contract/record.ts';
import { type Stage, stages } from '../contract/stages.ts';
import type { SubmissionState } from '../contract/state.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import { announce, evaluate, passSlotOn, recordAnswer } from './activity-proxies.ts';
import { afterEvaluation } from './after-evaluation.ts';
import { acceptAnswers, awaitAttendance } from './attendance.ts';
import { withCommand, withReleases } from './commands.ts';
import { concludeWith, outcomeOf } from './conclusion.ts';
import { acceptDecisions } from './decisions.ts';
import { runPanel } from './panel.ts';
import { type OpenRecord, openRecord } from './record.ts';
import { acceptReviews } from './reviews.ts';
import { waitUntil } from './wait-until.ts';
import { acceptWithdrawal } from './withdrawal.ts';

export async function submission(input: SubmissionInput): Promise<{ outcome: Outcome | 'withdrawn' }> {
  const { rules } = input;
  const record = openRecord(input);
  const processing = new CancellationScope();
  acceptWithdrawal(record, processing);
  acceptReviews(record, rules);
  acceptDecisions(record, rules);
  acceptAnswers(record, rules);

  let failure: unknown;
  try {
    await processing.run(() => reachConclusion(record, input));
  } catch (error) {
    if (record.conclusion?.kind !== 'withdrawn') failure = concludeWith(error, record);
  }
  // Not earlier: reads trust the record, so the task that reached the conclusion must have completed.
  if (record.conclusion) await CancellationScope.nonCancellable(() => announceConclusion(record, rules));
  if (record.conclusion && !record.state.isOver) failure = await settleAttendance(record, rules);
  if (isSlotFree(record)) await CancellationScope.nonCancellable(() => passSlotOn(record.asRecord()));
  if (failure !== undefined) throw failure;
  return { outcome: resultOf(record) };
}

/** Goes from stage to stage to a decision, which may change until it is announced as the conclusion. */
async function reachConclusion(record: OpenRecord, { rules, reopens }: SubmissionInput): Promise<void> {
  const [first] = stages;
  record.transition(reopens ? reopened(reopens, record.state) : { stage: first });
  while (record.conclusion === undefined) {
    const { state } = record;
    const decision = decisionOf(state);
    const stage = state.stage === 'received' ? first : state.stage;
    if (decision === undefined) await reachVerdict(stage, record, rules);
    else if (!mayAnnounce(record, rules)) await untilAnnounced(record, rules);
    else if (decision !== 'waitlisted' || state.closing) record.transition(outcomeOf(decision, state, rules));
    else await waitForSlot(record, rules);
  }
}

function reopened(reopens: NonNullable<SubmissionInput['reopens']>, state: SubmissionState): Partial<SubmissionState> {
  const { id, by, reason, stage, verdicts } = reopens;
  const commands = withCommand(state, { by, command: 'reopen', reason, detail: id });
  return { stage, verdicts, commands, releases: withReleases(state, 'reopened') };
}

async function reachVerdict(stage: Stage, record: OpenRecord, rules: CallRules): Promise<void> {
  const { policy } = rules.stages[stage];
  if (policy.kind === 'panel') return runPanel(stage, policy, record, rules);
  const wait = { milliseconds: policy.after, summary: `${stage}: time to withdraw before the verdict` };
  await waitUntil(record, rules, () => record.state.closing !== undefined, wait);

  const verdict = await evaluate[stage](record.asRecord(), rules);
  // Withdrawn in the task that brought the verdict: the withdrawal was first.
  if (record.conclusion) return;
  const change = afterEvaluation(record.state, verdict);
  const now = { ...record.state, ...change };
  const decision = decisionOf(now);
  // In one transition with the verdict: each one is two events in the history.
  const ending = decision && mayAnnounce(record, rules) ? outcomeOf(decision, now, rules) : {};
  record.transition({ ...change, ...ending });
}

function mayAnnounce({ state }: OpenRecord, rules: CallRules): boolean {
  if (state.isReleased || state.isOnWaitlist) return true;
  if (state.original !== undefined) return false;
  if (!isWithheld(rules)) return true;
  return isDate(rules.announcement) && Date.parse(rules.announcement) <= Date.now();
}

async function untilAnnounced(record: OpenRecord, rules: CallRules): Promise<void> {
  const { announcement } = rules;
  // A changed decision may lead to another stage.
  const isToGoOn = () => record.state.isReleased === true || decisionOf(record.state) === undefined;
  if (!isDate(announcement) || record.state.original !== undefined) return waitUntil(record, rules, isToGoOn);
  const milliseconds = Date.parse(announcement) - Date.now();
  const summary = 'decided: until the announcement';
  return waitUntil(record, rules, isToGoOn, { milliseconds, summary });
}

async function waitForSlot(record: OpenRecord, rules: CallRules): Promise<void> {
  const { state } = record;
  if (!state.isOnWaitlist) record.transition({ isOnWaitlist: true, releases: withReleases(state, 'waitlisted') });
  const isToGoOn = () => decisionOf(record.state) !== 'waitlisted' || record.state.closing !== undefined;
  await waitUntil(record, rules, isToGoOn);
}

async function announceConclusion(record: OpenRecord, rules: CallRules): Promise<void> {
  const { revision } = record.state;
  await announce(record.asRecord(), rules);
  record.markRecorded(revision);
}

/** The answer is recorded before the slot is offered to others. */
async function settleAttendance(record: OpenRecord, rules: CallRules): Promise<unknown> {
  let failure: unknown;
  try {
    await awaitAttendance(record, rules);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    failure = error;
    if (!record.state.isOver) record.transition({ isOver: true });
  }
  const { revision } = record.state;
  await CancellationScope.nonCancellable(() => recordAnswer(record.asRecord(), rules));
  record.markRecorded(revision);
  return failure;
}

function isSlotFree({ state }: OpenRecord): boolean {
  const { conclusion, attendance } = state;
  if (!hadSlot(state)) return false;
  if (conclusion?.kind === 'withdrawn') return true;
  return attendance !== undefined && attendance.answer !== 'confirmed';
}

function resultOf({ conclusion }: OpenRecord): Outcome | 'withdrawn' {
  if (conclusion === undefined || conclusion.kind === 'failed')
    throw new Error('The workflow ended without an outcome');
  return conclusion.kind;
}

import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';
import type { CallRules } from '../contract/call/rules.ts';
import { messageSettingsOf } from '../contract/message-settings.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { StageVerdict } from '../contract/state.ts';

type Recordable = Parameters<Activities['recordSubmission']>[0];

type Activities = ReturnType<typeof createActivities>;

/** Each attempt takes milliseconds; a worker that takes longer is taken for dead. */
const startToCloseTimeout = '10 seconds';

/** Reaches the automatic verdict of a stage. */
export const evaluate = {
  moderation: (record, { stages }) =>
    stageActivity('moderation', 'length, links, language, words').moderate(record, stages.moderation),
  shortlisting: (record, { stages, criteria }) =>
    stageActivity('shortlisting', "rating by the call's criteria").shortlist(record, criteria, stages.shortlisting),
  selection: (record, { stages, criteria }) =>
    stageActivity('selection', "score against the call's bar").select(record, criteria, stages.selection),
} satisfies Record<Stage, (record: SubmissionRecord, rules: CallRules) => Promise<StageVerdict>>;

function stageActivity(stage: Stage, how: string) {
  return activity(stage, {
    summary: `${stage}: ${how}`,
    // A withdrawal shows at once, and the workflow goes on when the activity has ended.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    // About 8 minutes in all: longer than a deployment, short enough for a speaker who waits. The time in the queue is
    // unlimited, so that a submission survives any time without workers.
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 11 },
  });
}

/** For what must not be given up. */
const retryForever = {
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const;

/** Records the conclusion with its messages, and starts their delivery. The status shows the conclusion already. */
export function announce(record: Recordable, rules: CallRules): Promise<void> {
  return activity('announcement', {
    summary: 'announcement: record and send the conclusion',
    ...retryForever,
  }).announce(record, messageSettingsOf(record, rules));
}

/** Records commands and messages, and starts their delivery. What a failed attempt leaves, the next record contains. */
export function recordSubmission(record: Recordable, rules: CallRules): Promise<void> {
  const retry = { initialInterval: '1 second', maximumAttempts: 3 } as const;
  return proxyActivities<Activities>({ startToCloseTimeout, summary: 'record the submission', retry }).recordSubmission(
    record,
    messageSettingsOf(record, rules),
  );
}

/** Records the speaker's answer: nothing comes after it. */
export function recordAnswer(record: Recordable, rules: CallRules): Promise<void> {
  return activity('answer', { summary: "record the speaker's answer", ...retryForever }).recordSubmission(
    record,
    messageSettingsOf(record, rules),
  );
}

export const operations = proxyActivities<Activities>({
  summary: 'a batch of submissions',
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  ...retryForever,
});

/** So that lists have every submission. */
export const reconcileRecords = () =>
  proxyActivities<Activities>({
    summary: 'compare the records with the workflows',
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '1 minute',
    ...retryForever,
  }).reconcile();

export function passSlotOn({ state }: SubmissionRecord): Promise<unknown> {
  return activity('slot', { summary: 'offer its slot to the waiting list', ...retryForever }).passSlotOn(state.id);
}

function activity(activityId: string, options: ActivityOptions): Activities {
  return proxyActivities<Activities>({ activityId, startToCloseTimeout, ...options });
}

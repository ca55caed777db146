import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';
import type { CallRules } from '../contract/call/rules.ts';
import { messageSettingsOf } from '../contract/mail/message-settings.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { StageVerdict } from '../contract/state.ts';

type Activities = ReturnType<typeof createActivities>;

/** Each takes milliseconds. After this time its worker is taken for dead, and the next attempt begins. */
const startToCloseTimeout = '10 seconds';

/** Who reaches the verdict of each stage: one activity a stage, named in the Web UI by its summary. */
export const judges = {
  moderation: (record, { stages }) =>
    judge('moderation', 'length, links, language, words').moderate(record, stages.moderation),
  shortlisting: (record, { stages, criteria }) =>
    judge('shortlisting', "rating on the call's criteria").shortlist(record, criteria, stages.shortlisting),
  selection: (record, { stages, criteria }) =>
    judge('selection', "score against the call's bar").select(record, criteria, stages.selection),
} satisfies Record<Stage, (record: SubmissionRecord, rules: CallRules) => Promise<StageVerdict>>;

function judge(stage: Stage, how: string) {
  return activity(stage, {
    summary: `${stage}: ${how}`,
    // What was withdrawn reads so at once, and the way goes on to its end when the activity under way has ended.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    // About 8 minutes in all: longer than a deployment, shorter than a speaker's patience. No limit on the time in the
    // queue, so that a submission outlives any time without workers.
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 11 },
  });
}

/** What is begun, and must come to its end: it is tried without end. */
const patiently = {
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const;

/** Puts the conclusion on record. It is never given up: the conclusion is told already, and must outlive the workflow. */
export function announce(record: SubmissionRecord, rules: CallRules): Promise<void> {
  return activity('announcement', { summary: 'announcement: the conclusion on record', ...patiently }).announce(
    record,
    messageSettingsOf(record, rules),
  );
}

/** Puts on record what people have done, and sets off what is to be told. What it can't write, the next one does. */
export function keep(record: SubmissionRecord, rules: CallRules): Promise<void> {
  const retry = { initialInterval: '1 second', maximumAttempts: 3 } as const;
  return proxyActivities<Activities>({ startToCloseTimeout, summary: 'on record', retry }).keep(
    record,
    messageSettingsOf(record, rules),
  );
}

/** Puts the speaker's answer on record, for good: nothing comes after it. */
export function keepAnswer(record: SubmissionRecord, rules: CallRules): Promise<void> {
  return activity('answer', { summary: "the speaker's answer on record", ...patiently }).keep(
    record,
    messageSettingsOf(record, rules),
  );
}

/** What operations do with many submissions, some at a time. */
export const people = proxyActivities<Activities>({
  summary: 'many submissions',
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10 seconds',
  ...patiently,
});

/** Holds the records against the workflows, so that what comes next sees all. */
export const bringUpToDate = () =>
  proxyActivities<Activities>({
    summary: 'records against workflows',
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '1 minute',
    ...patiently,
  }).reconcile();

/** Gives the place of a submission to the next on the waiting list. */
export function passPlaceOn({ state }: SubmissionRecord): Promise<unknown> {
  return activity('place', { summary: 'its place goes to the next on the waiting list', ...patiently }).passPlaceOn(
    state.id,
  );
}

/** Its id is a name, the same for all submissions, and the record of what it does is kept under it. */
function activity(activityId: string, options: ActivityOptions): Activities {
  return proxyActivities<Activities>({ activityId, startToCloseTimeout, ...options });
}

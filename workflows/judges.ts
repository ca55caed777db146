import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';
import type { CallRules } from '../contract/call.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Stage } from '../contract/stages.ts';
import type { StageVerdict } from '../contract/state.ts';

type Activities = ReturnType<typeof createActivities>;

/** Each takes milliseconds. After this time its worker is taken for dead, and the next attempt begins. */
const startToCloseTimeout = '10 seconds';

/** Who reaches the verdict of each stage: one activity a stage, named in the Web UI by its summary. */
export const judges = {
  moderation: (record, { stages }) =>
    judge('moderation', 'length, links, profanity, language').moderate(record, stages.moderation),
  shortlisting: (record, { stages, criteria }) =>
    judge('shortlisting', "rating on the call's criteria").shortlist(record, criteria, stages.shortlisting),
  selection: (record, { stages }) =>
    judge('selection', "score against the call's bar").select(record, stages.selection),
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

/** Puts the conclusion on record. It is never given up: the conclusion is told already, and must outlive the workflow. */
export function announce(record: SubmissionRecord): Promise<void> {
  return activity('announcement', {
    summary: 'announcement: the conclusion on record',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  }).announce(record);
}

/** Its id is a name, the same for all submissions, and the record of what it does is kept under it. */
function activity(activityId: string, options: ActivityOptions): Activities {
  return proxyActivities<Activities>({ activityId, startToCloseTimeout, ...options });
}

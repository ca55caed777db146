import { type ActivityOptions, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { createActivities } from '../activities/index.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import { type FirstAttempts, messagesQueue } from '../contract/workflow/deliveries.ts';
import type { Recordable, Recorded } from '../contract/workflow/recordable.ts';

type Activities = ReturnType<typeof createActivities>;

/** For what must not be given up. */
const retryForever = {
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
} as const;

/** A judgement takes milliseconds, and has no effect outside: no task of its own, and one event. */
export const judgeAtOnce = (summary: string) =>
  proxyLocalActivities<Activities>({
    summary,
    startToCloseTimeout: '5 seconds',
    retry: { initialInterval: '200 milliseconds', maximumAttempts: 3 },
  });

/**
 * Where a judgement keeps failing, since retries of a local activity fill the history. About 8 minutes in all: longer than a
 * deployment, short enough for a speaker who waits. The time in the queue is unlimited.
 */
export const judgeInTheEnd = (summary: string) =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '10 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '2 minutes', maximumAttempts: 11 },
  });

/** While it runs, queries and updates wait: it gives up soon. It may be repeated, so what it writes is idempotent. */
export const recordAtOnce = (recordable: Recordable): Promise<Recorded> =>
  proxyLocalActivities<Activities>({
    summary: 'record the submission',
    scheduleToCloseTimeout: '5 seconds',
    startToCloseTimeout: '4 seconds',
    retry: { initialInterval: '200 milliseconds', maximumAttempts: 2 },
  }).record(recordable);

/** Asks the workflow for its record, so that its argument is no burden for the history. */
export const recordInTheEnd = (id: SubmissionId): Promise<Recorded> =>
  activity({ summary: 'record the submission, as soon as the database is there' }).recordFromWorkflow(id);

/** Works out dates by the calendar of a time zone. */
export const calendar = proxyLocalActivities<Activities>({
  summary: 'work out the dates',
  startToCloseTimeout: '5 seconds',
});

/** The first attempt at each message, which a mail server nearby takes in milliseconds. */
export const sendAtOnce = (id: SubmissionId): Promise<FirstAttempts> =>
  proxyLocalActivities<Activities>({
    summary: 'send the messages',
    // Sends for a second; the rest is for a busy database.
    startToCloseTimeout: '4 seconds',
    retry: { maximumAttempts: 1 },
  }).sendAtOnce(id);

/** Where that takes longer, or has failed; delivery workflows go on with what can't be sent at the first attempt. */
export const sendMessages = (id: SubmissionId): Promise<string[]> =>
  proxyActivities<Activities>({
    taskQueue: messagesQueue,
    summary: 'send the messages, which takes longer',
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumAttempts: 5 },
  }).sendMessages(id);

export const passSlotOn = (...args: Parameters<Activities['passSlotOn']>): Promise<unknown> =>
  activity({ summary: 'give its slot to the waiting list' }).passSlotOn(...args);

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

/** A worker that takes longer for an attempt is taken for dead. */
function activity(options: ActivityOptions): Activities {
  return proxyActivities<Activities>({ startToCloseTimeout: '10 seconds', ...retryForever, ...options });
}

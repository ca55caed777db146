/** The workflow of one submission: does what `nextStep` says, until nothing is awaited any more. */
import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { dueOf } from '../contract/lifecycle/due-of.ts';
import type { Waiting } from '../contract/lifecycle/next-step.ts';
import { type EarlierInput, upcastInput } from '../contract/lifecycle/upcast.ts';
import { type Outcome, processingErrors } from '../contract/outcomes.ts';
import { conclusionOf } from '../contract/record.ts';
import { resyncSignal } from '../contract/workflow/commands.ts';
import { processingFailure } from '../contract/workflow/errors.ts';
import { acceptCommands } from './accept-commands.ts';
import { createAlarm } from './alarm.ts';
import { continueAsNew } from './continue.ts';
import { createMessenger } from './messenger.ts';
import { openSubmission } from './open-submission.ts';
import { createRecorder } from './recorder.ts';
import { createSteps } from './steps.ts';

export async function submission(given: EarlierInput): Promise<{ outcome: Outcome | 'withdrawn' }> {
  const input = upcastInput(given);
  const open = openSubmission(input);
  const recorder = createRecorder(open);
  const messenger = createMessenger(open, input);
  const steps = createSteps(open, recorder, input);
  const alarm = createAlarm(open.clock);
  acceptCommands(open);
  setHandler(resyncSignal, resync, { description: 'Compare with the record, after a reset' });
  let cancellation: unknown;
  // An operator's cancellation is a step like others: an outcome that was told stands.
  CancellationScope.current().cancelRequested.catch((error: unknown) => {
    cancellation = error;
    open.clock.read();
    if (conclusionOf(open.state) === undefined) open.change({ isStopped: true });
  });

  await CancellationScope.nonCancellable(async () => {
    for (let step = open.step; !('end' in step); step = open.step) {
      if ('do' in step) await steps.perform(step);
      else await pause(step);
    }
    await finish();
  });

  const conclusion = conclusionOf(open.state);
  if (conclusion === undefined || conclusion.kind === 'failed') {
    if (isCancellation(cancellation)) throw cancellation;
    const message = processingErrors[conclusion?.error ?? 'processing-failed'];
    const cause = steps.lastFailure;
    throw ApplicationFailure.create({ type: processingFailure, message, nonRetryable: true, ...(cause && { cause }) });
  }
  return { outcome: conclusion.kind };

  function resync(): void {
    open.clock.read();
    recorder.ask();
  }

  /** Waits for what the step names, or for anything else to change. The record is brought up to date before. */
  async function pause(step: Waiting): Promise<void> {
    if (recorder.isDue) return recorder.record();
    if (isUnsent()) messenger.send();
    open.publish();
    const { state } = open;
    const isFull = () => !recorder.isUnderWay && !messenger.isUnderWay && open.clock.isHistoryLong;
    if (isFull()) return continueAsNew(open, input);
    alarm.set(step.until, summaryOf(step, dueOf(state, step)));
    await condition(() => open.state !== state || recorder.isDue || alarm.isDue || isUnsent() || isFull());
  }

  /** What is not on record can't be sent. */
  function isUnsent(): boolean {
    return messenger.isDue && !recorder.isUnderWay;
  }

  async function finish(): Promise<void> {
    alarm.set(undefined, '');
    const isBusy = () => recorder.isUnderWay || messenger.isUnderWay || !allHandlersFinished();
    while (recorder.isDue || messenger.isDue || isBusy()) {
      if (recorder.isDue) await recorder.record();
      else if (isUnsent()) messenger.send();
      open.publish();
      await condition(() => recorder.isDue || isUnsent() || !isBusy());
    }
    open.publish();
  }
}

/** In the timeline of the Web UI, for the timer. */
function summaryOf({ wait, until }: Waiting, due: string | undefined): string {
  return due === until ? `${wait}: due ${due}` : `${wait}: reminder at ${until}, due ${due}`;
}

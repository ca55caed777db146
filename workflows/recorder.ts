import { condition, TemporalFailure } from '@temporalio/workflow';
import type { Dates } from '../contract/state.ts';
import type { Recorded } from '../contract/workflow/recordable.ts';
import { recordAtOnce, recordInTheEnd } from './activity-proxies.ts';
import type { OpenSubmission, Upcoming } from './open-submission.ts';

export type Recorder = ReturnType<typeof createRecorder>;

/**
 * Writes the record of a submission: at once by a local activity, and in an outage of the database by a regular one, whose
 * retries leave no trace in the history. A submission waits for it only where an outcome is to be told.
 */
export function createRecorder(open: OpenSubmission) {
  let isUnderWay = false;
  let mustAsk = false;

  return {
    /** Asks the record even if there is nothing to write: after a reset it may know more. */
    ask(): void {
      mustAsk = true;
    },

    get isUnderWay(): boolean {
      return isUnderWay;
    },

    get isDue(): boolean {
      return !isUnderWay && (mustAsk || open.state.revision > open.known);
    },

    untilDone,

    /** Goes on in an outage, and writes later what is not on record. */
    async record(): Promise<void> {
      const recorded = await atOnce();
      if (recorded) return accept(recorded);
      void inTheEnd().then(accept);
    },

    /** Returns when the outcome is on record; `undefined` if the record knew more, which was adopted. */
    async recordOutcome(upcoming: Upcoming): Promise<{ dates?: Dates } | undefined> {
      await untilDone();
      open.tell(upcoming);
      try {
        const recorded = (await atOnce()) ?? (await inTheEnd());
        accept(recorded);
        if (recorded.kind === 'ahead') return undefined;
        return recorded.kind === 'kept' ? recorded : {};
      } finally {
        open.tell(undefined);
      }
    },
  };

  async function untilDone(): Promise<void> {
    if (isUnderWay) open.publish();
    await condition(() => !isUnderWay);
  }

  async function atOnce(): Promise<Recorded | undefined> {
    try {
      return await recordAtOnce(open.recordable());
    } catch (error) {
      if (error instanceof TemporalFailure) return undefined;
      throw error;
    }
  }

  async function inTheEnd(): Promise<Recorded> {
    isUnderWay = true;
    open.publish();
    try {
      return await recordInTheEnd(open.state.id);
    } finally {
      open.clock.read();
      isUnderWay = false;
    }
  }

  function accept(recorded: Recorded): void {
    mustAsk = false;
    if (recorded.kind === 'ahead') open.adopt(recorded, recorded.run);
    else open.recorded(recorded.revision, recorded.run);
  }
}

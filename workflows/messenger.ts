import { TemporalFailure } from '@temporalio/workflow';
import type { SubmissionState } from '../contract/state.ts';
import type { SubmissionInput } from '../contract/workflow/submission-input.ts';
import { sendAtOnce, sendMessages } from './activity-proxies.ts';
import type { OpenSubmission } from './open-submission.ts';

/** Has the messages sent that are on record. The submission doesn't wait for a mail server, but at its end. */
export function createMessenger(open: OpenSubmission, { carried, receipt, proved }: SubmissionInput) {
  let handed = carried ? toSendIn(carried.state) : { releases: receipt ? -1 : 0, isProved: proved ?? false };
  let underWay: Promise<void> | undefined;

  return {
    get isUnderWay(): boolean {
      return underWay !== undefined;
    },

    get isDue(): boolean {
      const { releases, isProved } = toSendIn(open.state);
      return underWay === undefined && (releases > handed.releases || (isProved && !handed.isProved));
    },

    /** Call it when the record is up to date. */
    send(): void {
      if (!this.isDue) return;
      handed = toSendIn(open.state);
      underWay = undeliveredOf(open).then((letters) => {
        underWay = undefined;
        for (const letter of letters) open.hold(letter);
      });
    },
  };
}

/**
 * The messages that there are, and whether those may go that were held until the address was proved. What the record alone
 * brings, as that a speaker has proposed more than the limit, is sent by the reconciler then.
 */
function toSendIn({ releases = [], proved }: Pick<SubmissionState, 'releases' | 'proved'>) {
  return { releases: releases.length, isProved: proved === true && releases.length > 0 };
}

async function undeliveredOf({ state: { id }, clock }: OpenSubmission): Promise<string[]> {
  const first = await sendAtOnce(id).catch(undefinedIfFailed);
  if (first && 'undelivered' in first) return first.undelivered;
  // The reconciler sends what stays behind.
  const undelivered = await sendMessages(id).catch(undefinedIfFailed);
  clock.read();
  return undelivered ?? [];
}

function undefinedIfFailed(error: unknown): undefined {
  if (!(error instanceof TemporalFailure)) throw error;
}

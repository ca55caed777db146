import { TemporalFailure } from '@temporalio/workflow';
import type { SubmissionId } from '../contract/submission-id.ts';
import { sendAtOnce, sendMessages } from './activity-proxies.ts';
import type { OpenSubmission } from './open-submission.ts';

/** Has the messages sent that are on record. The submission doesn't wait for a mail server, but at its end. */
export function createMessenger(open: OpenSubmission, handedOver: number) {
  let handed = handedOver;
  let underWay: Promise<void> | undefined;

  return {
    get isUnderWay(): boolean {
      return underWay !== undefined;
    },

    get isDue(): boolean {
      return underWay === undefined && (open.state.releases?.length ?? 0) > handed;
    },

    /** Call it when the record is up to date. */
    send(): void {
      if (!this.isDue) return;
      handed = open.state.releases?.length ?? 0;
      underWay = undeliveredOf(open.state.id).then((letters) => {
        underWay = undefined;
        for (const letter of letters) open.hold(letter);
      });
    },
  };
}

async function undeliveredOf(id: SubmissionId): Promise<string[]> {
  const first = await sendAtOnce(id).catch(undefinedIfFailed);
  if (first && 'undelivered' in first) return first.undelivered;
  // The reconciler sends what stays behind.
  return (await sendMessages(id).catch(undefinedIfFailed)) ?? [];
}

function undefinedIfFailed(error: unknown): undefined {
  if (!(error instanceof TemporalFailure)) throw error;
}

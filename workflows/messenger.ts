import { TemporalFailure } from '@temporalio/workflow';
import { sendMessages } from './activity-proxies.ts';
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
      underWay = sendMessages(open.state.id)
        // The reconciler sends what stays behind.
        .catch((error: unknown) => {
          if (!(error instanceof TemporalFailure)) throw error;
          return undefined;
        })
        .then((letters) => {
          underWay = undefined;
          for (const letter of letters ?? []) open.hold(letter);
        });
    },
  };
}

import type { MessageId } from '../contract/mail/message-id.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { MessageSender } from '../messages/message-sender.ts';
import type { Store } from '../store/store.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { datesFrom, remindersBefore } from './dates.ts';
import { createDeliver } from './deliver.ts';
import { moderate } from './moderate.ts';
import { createOperations } from './operations.ts';
import { createReconciler } from './reconcile.ts';
import { createRecord } from './record.ts';
import { select } from './select.ts';
import { shortlist } from './shortlist.ts';
import { createSlots } from './slots.ts';

export type ActivityDependencies = {
  store: Store;
  workflows: Workflows;
  sender: MessageSender;
};

export function createActivities({ store, workflows, sender }: ActivityDependencies) {
  const { organiserChannels } = sender;
  const { record, recordFromWorkflow } = createRecord({ store, workflows, organiserChannels });
  const { passSlotOn, releaseHeldSlots, dropSlots } = createSlots({ store, promote: workflows.promote });

  return {
    moderate: async (...args: Parameters<typeof moderate>) => moderate(...args),
    shortlist,
    select,

    datesFrom: async (...args: Parameters<typeof datesFrom>) => datesFrom(...args),
    remindersBefore: async (...args: Parameters<typeof remindersBefore>) => remindersBefore(...args),

    record,
    recordFromWorkflow,

    passSlotOn,
    releaseHeldSlots,
    dropSlots,

    sendMessages: async (id: SubmissionId) => {
      for (const message of await store.messages.pendingOf(id)) await workflows.startDelivery(message);
    },

    deliver: createDeliver({ store, sender }),

    ...createOperations({ store, workflows }),

    giveUp: (messageId: MessageId) =>
      store.messages.park(messageId, 'It was tried for days: the other side could not be reached.'),

    reconcile: createReconciler({
      ...{ store, workflows, organiserChannels },
      passSlotOn: passSlotOn,
      forgetMessages: sender.forget,
    }),
  };
}

import type { DeliveryAbout } from '../contract/workflow/deliveries.ts';
import type { MessageSender } from '../messages/message-sender.ts';
import type { Store } from '../store/store.ts';
import type { Workflows } from '../temporal/workflows.ts';
import { createAskAnew } from './ask-anew.ts';
import { datesFrom, remindersBefore } from './dates.ts';
import { createDeliver } from './deliver.ts';
import { createHoldClock } from './hold-clock.ts';
import { moderate } from './moderate.ts';
import { createOperations } from './operations.ts';
import { createReconciler } from './reconcile.ts';
import { createRecord } from './record.ts';
import { select } from './select.ts';
import { createSendAccess } from './send-access.ts';
import { shortlist } from './shortlist.ts';
import { createSlots } from './slots.ts';
import type { UnderWay } from './under-way.ts';

export type ActivityDependencies = {
  store: Store;
  workflows: Workflows;
  sender: Pick<MessageSender, 'organiserChannels' | 'forget' | 'prepare' | 'prepareAccess'>;
  firstAttempts?: UnderWay<string[]>;
  /** In milliseconds: Temporal's clock, where it isn't that of this machine. */
  now?: () => number | Promise<number>;
};

export function createActivities({ store, workflows, sender, ...more }: ActivityDependencies) {
  const { organiserChannels } = sender;
  const { wakeDelivery } = workflows;
  const holdClock = createHoldClock({ store, workflows });
  const askAnew = createAskAnew({ store, workflows });
  const { record, recordFromWorkflow } = createRecord({ store, workflows, organiserChannels });
  const letters = createDeliver({ store, sender, holdClock, askAnew, wakeDelivery, ...more });
  const sendAccess = createSendAccess({ store, sender, ...more });
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

    ...letters,
    deliver: (about: DeliveryAbout) => (about === 'access' ? sendAccess() : letters.deliver(about)),

    ...createOperations({ store, workflows }),

    reconcile: createReconciler({
      ...{ store, workflows, organiserChannels },
      passSlotOn: passSlotOn,
      holdClock,
      forgetMessages: sender.forget,
    }),
  };
}

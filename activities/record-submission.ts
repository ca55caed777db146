import type { OrganiserChannel } from '../contract/mail/message.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { MessageSettings } from '../contract/message-settings.ts';
import type { Recordable } from '../contract/workflow/recordable.ts';
import type { Store } from '../store/store.ts';
import { messagesOf } from './messages-of.ts';

type Dependencies = {
  store: Pick<Store, 'records' | 'messages'>;
  startDelivery: (messageId: MessageId) => Promise<unknown>;
  organiserChannels: readonly OrganiserChannel[];
};

/** Records a submission with its messages, and starts their deliveries. */
export function createRecordSubmission({ store, startDelivery, organiserChannels }: Dependencies) {
  return async (record: Omit<Recordable, 'settings'>, settings: MessageSettings): Promise<void> => {
    const { writer, ...submission } = record;
    await store.records.keep(submission, (whole) => messagesOf(whole, settings, organiserChannels), writer);
    for (const id of await store.messages.pendingOf(record.state.id)) await startDelivery(id);
  };
}

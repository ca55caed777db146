import type { OrganiserChannel } from '../contract/mail/message.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { MessageSettings } from '../contract/message-settings.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Store } from '../store/store.ts';
import { messagesOf } from './messages-of.ts';

type Dependencies = {
  store: Pick<Store, 'records' | 'messages'>;
  startDelivery: (messageId: MessageId) => Promise<unknown>;
  organiserChannels: readonly OrganiserChannel[];
};

/** Records a submission with its messages, and starts their deliveries. */
export function createRecordSubmission({ store, startDelivery, organiserChannels }: Dependencies) {
  return async (record: SubmissionRecord, settings: MessageSettings): Promise<void> => {
    await store.records.keep(record, messagesOf(record, settings, organiserChannels));
    for (const id of await store.messages.pendingOf(record.state.id)) await startDelivery(id);
  };
}

import type { OrganiserChannel } from '../contract/mail/message.ts';
import type { MessageSettings } from '../contract/message-settings.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Store } from '../store/store.ts';
import { messagesOf } from './messages-of.ts';

type Dependencies = {
  store: Pick<Store, 'records' | 'messages'>;
  wakeDelivery: (about: SubmissionId) => Promise<unknown>;
  organiserChannels: readonly OrganiserChannel[];
};

/** Records a submission with its messages, and has them sent. */
export function createRecordSubmission({ store, wakeDelivery, organiserChannels }: Dependencies) {
  return async (record: SubmissionRecord, settings: MessageSettings): Promise<void> => {
    await store.records.keep(record, messagesOf(record, settings, organiserChannels));
    const { id } = record.state;
    if ((await store.messages.pendingOf(id)).length > 0) await wakeDelivery(id);
  };
}

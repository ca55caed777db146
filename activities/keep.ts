import type { Letterhead } from '../contract/mail/letterhead.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import type { SubmissionRecord } from '../contract/record.ts';
import type { Store } from '../store/store.ts';
import { messagesOf, type NoticeChannels } from './letters.ts';

type Dependencies = {
  store: Pick<Store, 'records' | 'messages'>;
  startDelivery: (messageId: MessageId) => Promise<unknown>;
  noticeChannels: NoticeChannels;
};

/** Puts a submission on record, with what is to be told of it, and sets the messages off: each goes its own way. */
export function createKeeping({ store, startDelivery, noticeChannels }: Dependencies) {
  return async (record: SubmissionRecord, head: Letterhead): Promise<void> => {
    await store.records.keep(record, messagesOf(record, head, noticeChannels));
    for (const id of await store.messages.pendingOf(record.state.id)) await startDelivery(id);
  };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { log } from '@temporalio/activity';
import type { Channel, MessageState } from '../contract/mail/message.ts';
import type { MessageId } from '../contract/mail/message-id.ts';
import { omitUndefined } from '../contract/omit-undefined.ts';
import type { MessageSender } from '../messages/message-sender.ts';
import type { Sending } from '../messages/sending.ts';
import { deadlineIn } from '../process/deadline.ts';
import type { Store } from '../store/store.ts';
import { whileBeating } from './while-beating.ts';

type Dependencies = {
  store: Pick<Store, 'messages'>;
  sender: MessageSender;
};

const states = {
  sent: 'sent',
  refused: 'refused',
  postponed: 'pending',
  unknown: 'parked',
} as const satisfies Record<Sending['kind'], MessageState>;

/** `after`: at least so many milliseconds. */
export type Again = { again: Channel; after?: number };

export type Delivery = MessageState | 'gone' | Again;

/**
 * The ledger is written before and after the attempt: one that breaks off leaves the message to a person, and is not
 * made again (but for webhooks, whose receivers drop what they have had).
 */
export function createDeliver({ store, sender }: Dependencies) {
  return (id: MessageId): Promise<Delivery> => whileBeating(() => deliver(id));

  async function deliver(id: MessageId): Promise<Delivery> {
    const message = await store.messages.find(id);
    if (message === undefined) return 'gone';
    const send = await prepared(id, () => sender.prepare(message));
    if (send === undefined) return 'parked';

    const attempt = randomUUID();
    const claim = await untilDone(() => store.messages.claim(id, attempt));
    if (claim.kind === 'gone') return 'gone';
    if (claim.kind === 'settled') return claim.state;
    const sending = await send();
    await untilDone(() => store.messages.settle(id, claim.attempt, states[sending.kind], sending.detail ?? null));
    if (sending.kind !== 'postponed') return states[sending.kind];
    const { after } = sending;
    return omitUndefined({ again: message.channel, after });
  }

  /** What can't be rendered is parked, and is in nobody's way. */
  async function prepared(id: MessageId, prepare: () => Promise<() => Promise<Sending>>) {
    try {
      return await prepare();
    } catch (error) {
      log.error('a message could not be written', { id, error });
      await store.messages.park(
        id,
        `It could not be written: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }
}

/** In milliseconds: the activity has two minutes. */
const writePause = 500;
const writeTime = 20_000;

/** Without the database for a moment, nobody would know what became of the message. */
async function untilDone<Value>(write: () => Promise<Value>): Promise<Value> {
  const deadline = deadlineIn(writeTime);
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (deadline.left() === 0) throw error;
      await delay(writePause);
    }
  }
}

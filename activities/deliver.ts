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
import { withHeartbeats } from './with-heartbeats.ts';

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

/** To be tried again at the channel's pace, after at least so many milliseconds. */
export type Again = { again: Channel; after?: number };

export type Delivery = MessageState | 'gone' | Again;

/**
 * Makes one attempt to send a message, written to the ledger before and after. A message whose attempt broke off in between
 * is left to an organiser; only webhooks are tried again, since their receivers drop repetitions.
 */
export function createDeliver({ store, sender }: Dependencies) {
  return (id: MessageId): Promise<Delivery> => withHeartbeats(() => deliver(id));

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

  /** Parks a message that can't be rendered, so that it doesn't fail the workflow. */
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

/** If the result of an attempt were lost, nobody would know whether the message was sent. */
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

import { type Tracing, traced, traceparentNow } from '../process/tracing/tracing.ts';
import type { MessageSender } from './message-sender.ts';
import type { Sending } from './sending.ts';

type Sender = Pick<MessageSender, 'prepare' | 'prepareAccess'>;

/** A span for each attempt to send, with the channel and what became of it: what a mail server says may be an address. */
export function withSpans<Whole extends Sender>(sender: Whole, tracing: Tracing | undefined): Whole {
  if (tracing === undefined) return sender;

  const sent = (channel: string, send: () => Promise<Sending>) => (): Promise<Sending> => {
    const parent = traceparentNow();
    if (parent === undefined) return send();
    return traced(tracing, `send ${channel}`, { kind: 'client', parent }, send, ({ kind }) => ({
      'cfs.sending': kind,
    }));
  };

  return {
    ...sender,
    prepare: async (message) => sent(message.channel, await sender.prepare(message)),
    prepareAccess: async (mail) => sent('email', await sender.prepareAccess(mail)),
  };
}

import { cancellationSignal, log } from '@temporalio/activity';
import { type Channel, channels, type MessageState, stuckStates } from '../contract/mail/message.ts';
import { mayAskForAnswer } from '../contract/mail/releases.ts';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { About, FirstAttempts } from '../contract/workflow/deliveries.ts';
import type { MessageSender } from '../messages/message-sender.ts';
import { pauseAfter } from '../messages/pauses.ts';
import type { Sending } from '../messages/sending.ts';
import { deadlineIn, within } from '../process/deadline.ts';
import type { Unsettled } from '../store/messages/messages.ts';
import type { Store } from '../store/store.ts';
import { claimer } from './claimer.ts';
import { comeAgainAfter } from './come-again.ts';
import { createUnderWay, type UnderWay } from './under-way.ts';
import { untilDone } from './until-done.ts';
import { withHeartbeats } from './with-heartbeats.ts';

type Dependencies = {
  store: Pick<Store, 'messages'>;
  /** Stops the clock of a speaker whom a letter did not reach. */
  holdClock: (id: SubmissionId) => Promise<void>;
  /** Has another letter written in the place of one that was held, if it asks for an answer. */
  askAnew?: (id: SubmissionId, letter: string) => Promise<boolean>;
  sender: Pick<MessageSender, 'prepare'>;
  /** Has the rest sent by a workflow of its own. */
  wakeDelivery: (about: About) => Promise<unknown>;
  /** First attempts that take long. */
  firstAttempts?: UnderWay<string[]>;
  /** Temporal's clock, where it isn't that of this machine. */
  now?: () => number | Promise<number>;
};

/** Milliseconds until somebody else's attempt is looked at again. */
const busyPause = 10_000;

/** Milliseconds in which a mail server nearby has taken a letter; until then, queries and updates of the submission wait. */
const atOnce = 1_000;

/** Submissions whose messages are sent at a time, each by its own workflow task: half of those that a worker has. */
const mostAtOnce = 20;

/**
 * Sends messages, each channel's in their order, written to the ledger before and after each attempt. A message whose
 * attempt broke off in between is left to an organiser; only webhooks are tried again, since their receivers drop
 * repetitions. Channels don't wait for each other: a dead webhook holds up its own events.
 */
export function createDeliver({ store, sender, holdClock, wakeDelivery, ...optional }: Dependencies) {
  const { messages } = store;
  const { firstAttempts = createUnderWay(), now = Date.now, askAnew = async () => false } = optional;

  return {
    /** Begins the first attempts, and waits for them for a moment. */
    async sendAtOnce(id: SubmissionId): Promise<FirstAttempts> {
      if (firstAttempts.of(id) !== undefined || firstAttempts.size >= mostAtOnce) return { areLeft: true };
      const made = await within(
        deadlineIn(atOnce),
        firstAttempts.begin(id, () => sendFirst(id)),
      );
      return made.isLate ? { areLeft: true } : { undelivered: made.value };
    },

    /**
     * Waits for the first attempts that this worker makes, and makes those that are left: a run that was reset meanwhile may
     * have written more messages.
     */
    sendMessages: (id: SubmissionId): Promise<string[]> =>
      withHeartbeats(async () => {
        await firstAttempts.of(id);
        return sendFirst(id);
      }),

    /** Makes the attempts that are due. @throws ApplicationFailure to be tried again when the next one is */
    async deliver(about: About): Promise<void> {
      const { pause } = await withHeartbeats(() => send(about));
      if (about !== 'digest') await holdClock(about);
      comeAgainAfter(pause);
    },
  };

  /** Returns the letters to the speaker that did not arrive. */
  async function sendFirst(id: SubmissionId): Promise<string[]> {
    const { pause, isStuck } = await send(id);
    if (pause !== undefined) await wakeDelivery(id);
    return isStuck ? untilDone(() => messages.outstandingLetters(id)) : [];
  }

  async function send(about: About): Promise<Sent> {
    const unsettled = await messages.unsettled(about);
    const waiting = unsettled.filter(({ state }) => !stuckStates.some((one) => one === state));
    const on = (channel: Channel) => waiting.filter((message) => message.channel === channel);
    const all = await Promise.all(channels.map((channel) => sendInOrder(on(channel), about)));
    const pauses = all.flatMap(({ pause }) => pause ?? []);
    return {
      pause: pauses.length === 0 ? undefined : Math.min(...pauses),
      isStuck: unsettled.length > waiting.length || all.some(({ isStuck }) => isStuck),
    };
  }

  /** What is written meanwhile is left to whoever has it sent. What is held holds up nothing. */
  async function sendInOrder(waiting: readonly Unsettled[], about: About): Promise<Sent> {
    let isStuck = false;
    for (const message of waiting) {
      const sent = await attemptIfDue(message, about);
      isStuck ||= sent.isStuck;
      if (sent.pause !== undefined) return { pause: sent.pause, isStuck };
    }
    return { pause: undefined, isStuck };
  }

  /** The reconciler has what is held sent when it is due: it may be tomorrow, and no workflow waits for that. */
  async function attemptIfDue(message: Unsettled, about: About): Promise<Sent> {
    const isHeld = message.state === 'held';
    const pause = message.due_at === null ? 0 : Date.parse(message.due_at) - (await now());
    if (pause > 0) return { pause: isHeld ? undefined : pause, isStuck: false };
    // The worker stops, or the delivery was woken and begins anew.
    if (cancellationSignal().aborted) return { pause: 0, isStuck: false };
    if (isHeld && about !== 'digest' && mayAskForAnswer(message.release) && (await askAnew(about, message.release)))
      return nothingMore;
    return attempt(message, about);
  }

  async function attempt(message: Unsettled, about: About): Promise<Sent> {
    const { id, channel } = message;
    const first = await prepared(message);
    if (first === undefined) return { pause: undefined, isStuck: true };
    const by = claimer();
    const at = await now();
    const claim = await untilDone(() => messages.claim(id, by, at));
    if (claim.kind === 'blocked') return { pause: busyPause, isStuck: false };
    if (claim.kind === 'held') return { pause: undefined, isStuck: mayAskForAnswer(message.release) };
    if (claim.kind !== 'claimed') return { pause: undefined, isStuck: true };
    // Whether the address is proved is known when it is claimed, and not before.
    const isProved = message.content.kind === 'speaker' ? !claim.isImpersonal : message.isProved;
    const sending = isProved === message.isProved ? first : await prepared({ ...message, isProved });
    if (sending === undefined) return { pause: undefined, isStuck: true };
    const result = await sending();
    const pause = result.kind === 'postponed' ? pauseAfter(channel, message.postponed + 1, result.after) : undefined;
    if (pause === undefined) {
      await untilDone(() => messages.settle(id, claim.attempt, settled[result.kind], result.detail ?? null));
      if (result.kind === 'postponed') await untilDone(() => messages.parkAll(about, channel, unreachable));
    } else {
      const dueAt = new Date((await now()) + pause).toISOString();
      await untilDone(() => messages.postpone(id, claim.attempt, dueAt, result.detail ?? ''));
    }
    return { pause, isStuck: result.kind !== 'sent' };
  }

  /** Parks a message that can't be rendered, so that it doesn't hold up the others. */
  async function prepared(message: Unsettled): Promise<(() => Promise<Sending>) | undefined> {
    const { id } = message;
    try {
      return await sender.prepare(message);
    } catch (error) {
      log.error('a message could not be written', { id, error });
      const reason = error instanceof Error ? error.message : String(error);
      await messages.park(id, `It could not be written: ${reason}`);
      return undefined;
    }
  }
}

/**
 * `pause`: milliseconds until another attempt, if one is left. `isStuck`: perhaps it needs an organiser, or the speaker's time
 * to answer runs without it.
 */
type Sent = { pause: number | undefined; isStuck: boolean };

const nothingMore: Sent = { pause: undefined, isStuck: false };

const unreachable = 'It was tried for days: the other side could not be reached.';

/** `postponed`: for the last time. */
const settled = {
  sent: 'sent',
  refused: 'refused',
  postponed: 'parked',
  unknown: 'parked',
} as const satisfies Record<Sending['kind'], MessageState>;

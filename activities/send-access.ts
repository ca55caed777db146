import { cancellationSignal, log } from '@temporalio/activity';
import type { AccessMail, MessageSender } from '../messages/message-sender.ts';
import type { Sending } from '../messages/sending.ts';
import { deadlineIn } from '../process/deadline.ts';
import type { ClaimedRequest } from '../store/access/access-requests.ts';
import type { HeldTalk } from '../store/access/talks.ts';
import type { Store } from '../store/store.ts';
import { claimer } from './claimer.ts';
import { comeAgainAfter } from './come-again.ts';
import { untilDone } from './until-done.ts';
import { withHeartbeats } from './with-heartbeats.ts';

type Dependencies = {
  store: Pick<Store, 'accessRequests' | 'talks'> & { budgets: Pick<Store['budgets'], 'chargeStrangers'> };
  sender: Pick<MessageSender, 'prepareAccess'>;
  /** Temporal's clock, where it isn't that of this machine. */
  now?: () => number | Promise<number>;
};

/** Milliseconds until a mail is tried again that the mail server did not take. */
const retryPause = 2 * 60_000;

/** Milliseconds of one attempt of the activity, which ends in time before its own limit. */
const longestRound = 5 * 60_000;

/** Milliseconds until it is looked at again what another attempt is about to send. */
const busyPause = 10_000;

/**
 * Answers the requests for access (contract H39). Where an address has talks, one mail goes to it for all that wait; where it
 * has none, nothing does. Each mail is sent once at most, or not at all: who gets none can ask again.
 */
export function createSendAccess({ store, sender, now = Date.now }: Dependencies) {
  const { accessRequests, talks, budgets } = store;

  return async (): Promise<void> => comeAgainAfter(await withHeartbeats(sendDue));

  /** Returns the milliseconds until there is more to do, if anything waits. */
  async function sendDue(): Promise<number | undefined> {
    const by = claimer();
    const round = deadlineIn(longestRound);
    await accessRequests.settleInterrupted(by);
    for (;;) {
      const next = await accessRequests.next();
      const pause = next && Date.parse(next.due_at) - (await now());
      if (next === undefined || pause === undefined || pause > 0)
        return (await accessRequests.areClaimed()) ? Math.min(busyPause, pause ?? busyPause) : pause;
      // The worker stops, or the delivery was woken and begins anew.
      if (cancellationSignal().aborted || round.left() === 0) return 0;
      await answer(next.holder, by);
    }
  }

  async function answer(holder: string, by: string): Promise<void> {
    const request = await untilDone(() => accessRequests.claim(holder, by));
    if (request === undefined) return;
    const [latest] = await untilDone(() => talks.heldBy(holder, 1));
    const sending = latest && (await prepared(request, latest));
    if (sending === undefined) return untilDone(() => accessRequests.remove(request.id));
    if (!request.isCharged) {
      const charged = await untilDone(async () => budgets.chargeStrangers(holder, new Date(await now())));
      if (charged !== 'charged') return untilDone(() => accessRequests.hold(request.id, charged.heldUntil));
    }
    if (await untilDone(() => accessRequests.begin(request.id, by))) await settle(request, await sending());
  }

  async function settle({ id, staleAt }: ClaimedRequest, { kind }: Sending): Promise<void> {
    const at = await now();
    if (kind === 'postponed' && at < Date.parse(staleAt))
      return untilDone(() => accessRequests.postpone(id, new Date(at + retryPause).toISOString()));
    if (kind !== 'sent') log.warn('an access mail was not sent, or perhaps not', { kind });
    return untilDone(() => accessRequests.remove(id));
  }

  /** The newest talk says how its speaker writes the address. `undefined` for what can't be rendered. */
  async function prepared({ id, holder, call }: ClaimedRequest, { email: to }: HeldTalk) {
    try {
      const settings: Pick<AccessMail, 'call' | 'timeZone' | 'text'> = JSON.parse(call);
      return await sender.prepareAccess({ ...settings, id, holder, to });
    } catch (error) {
      log.error('an access mail could not be written', { error });
      return undefined;
    }
  }
}

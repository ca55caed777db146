import { createHash, randomUUID } from 'node:crypto';
import type { SpeakerContent } from '../../contract/mail/message-content.ts';
import { isImpersonal, isInvitation } from '../../contract/mail/releases.ts';
import { holderOf } from '../../contract/text/holder-of.ts';
import type { Database } from '../database.ts';
import { lock } from '../locks.ts';
import type { Tables } from '../tables.ts';

/** `window` and `spread` in milliseconds; what is over a cap waits for the next window, and is spread over its beginning. */
type Cap = { name: string; most: number; window: number; spread: number; over: string };

/** A cap for one address, or one network. */
export type Budget = Cap & { key: string };

/** `at`: by the clock that also stamps the messages. */
export type Charge = Tables['charges'];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Windows are days and hours of UTC (contract H38). */
const caps = {
  /** Receipts, and news of submissions whose address isn't proved: one letter stands for all. */
  unproved: {
    ...{ name: 'unproved', most: 1, window: day, spread: hour },
    over: 'One letter a day goes to an address about submissions it has not proved.',
  },
  /** All that a stranger can cause who types an address. */
  strangers: {
    ...{ name: 'strangers', most: 3, window: day, spread: hour },
    over: 'Strangers can cause 3 mails a day to one address.',
  },
  /** Letters of proved submissions, which strangers can't use up. */
  proved: {
    ...{ name: 'proved', most: 30, window: day, spread: hour },
    over: 'At most 30 letters a day go to one address.',
  },
  /** The same as `unproved`, but to any address: whoever has a list of them sends from one network. */
  network: {
    ...{ name: 'network', most: 10, window: hour, spread: 10 * minute },
    over: 'At most 10 letters an hour go out about unproved submissions from one network.',
  },
} as const satisfies Record<string, Cap>;

/** Milliseconds for which charges are kept: longer than any window, so that workers on both sides of midnight find theirs. */
const kept = 3 * day;

/** Budgets of mails that are no messages about a submission. */
export function createBudgets(db: Database) {
  return {
    /** Counts a mail that a stranger has caused, if it may be sent. @param mail its id; none for one that is charged once */
    chargeStrangers: (
      address: string,
      now: Date,
      mail: string = randomUUID(),
    ): Promise<'charged' | { heldUntil: string }> =>
      db.transaction().execute(async (trx) => {
        const budgets = [budgetOf(caps.strangers, address)];
        await lockBudgets(trx, budgets);
        const over = firstOver(budgets, await chargesOf(trx, budgets), mail, now.getTime());
        if (over) return { heldUntil: nextWindow(over, now.getTime()) };
        await charge(trx, budgets, mail, now.getTime());
        return 'charged';
      }),

    async dropOld(now = Date.now()): Promise<void> {
      await db
        .deleteFrom('charges')
        .where('since', '<', new Date(now - kept).toISOString())
        .execute();
    },
  };
}

/** That of the letters that stand for each other. */
export function newsBudget({ to }: Pick<SpeakerContent, 'to'>): Budget {
  return budgetOf(caps.unproved, to);
}

/** The budgets that a letter counts in. @param isProved whether the address of its submission is */
export function budgetsOf({ to, release, origin }: SpeakerContent, isProved: boolean): Budget[] {
  if (isInvitation(release)) return [budgetOf(caps.strangers, to)];
  if (isProved) return [budgetOf(caps.proved, to)];
  if (release.name !== 'receipt' && isImpersonal(release)) return [budgetOf(caps.strangers, to)];
  const forAddress = [caps.unproved, caps.strangers].map((cap) => budgetOf(cap, to));
  return origin === undefined ? forAddress : [...forAddress, { ...caps.network, key: `network ${origin}` }];
}

/** The address as it was given, in lower case; no address is left behind. */
function budgetOf(cap: Cap, address: string): Budget {
  return { ...cap, key: `${cap.name} ${createHash('sha256').update(holderOf(address)).digest('hex')}` };
}

/** In the order of their keys, so that no two transactions wait for each other. */
export function lockBudgets(trx: Database, budgets: readonly Budget[]): Promise<void> {
  return lock(trx, { alone: keysOf(budgets).map((key) => `mail ${key}` as const) });
}

export function chargesOf(trx: Database, budgets: readonly Budget[]): Promise<Charge[]> {
  return trx.selectFrom('charges').selectAll().where('key', 'in', keysOf(budgets)).execute();
}

/** The first budget that others have used up. */
export function firstOver(
  budgets: readonly Budget[],
  charges: readonly Charge[],
  mail: string,
  now: number,
): Budget | undefined {
  return budgets.find((budget) => {
    const since = windowOf(budget, now);
    const others = charges.filter((one) => one.key === budget.key && one.since === since && one.mail !== mail);
    return others.length >= budget.most;
  });
}

/** A mail that is tried again in the same window counts once. */
export async function charge(trx: Database, budgets: readonly Budget[], mail: string, now: number): Promise<void> {
  if (budgets.length === 0) return;
  const at = new Date().toISOString();
  await trx
    .insertInto('charges')
    .values(budgets.map((budget) => ({ key: budget.key, since: windowOf(budget, now), mail, at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** When a mail that is over a budget may be tried again: not all at once. */
export function nextWindow({ window, spread }: Budget, now: number): string {
  return new Date((Math.floor(now / window) + 1) * window + Math.random() * spread).toISOString();
}

function windowOf({ window }: Budget, now: number): string {
  return new Date(Math.floor(now / window) * window).toISOString();
}

function keysOf(budgets: readonly Budget[]): string[] {
  return [...new Set(budgets.map(({ key }) => key))].toSorted();
}

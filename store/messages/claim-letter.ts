import type { SpeakerContent } from '../../contract/mail/message-content.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { isLocking } from '../locks.ts';
import type { Tables } from '../tables.ts';
import { together } from '../together.ts';
import {
  type Budget,
  budgetsOf,
  type Charge,
  charge,
  chargesOf,
  firstOver,
  lockBudgets,
  newsBudget,
  nextWindow,
} from './budgets.ts';

type Row = Pick<Tables['messages'], 'id' | 'submission_id' | 'created_at' | 'closed_at'>;

/** `isImpersonal`: it goes out in the call's own words. */
type Allowed = { budgets: Budget[]; isImpersonal: boolean };

/** `dueAt`: `null` until its submission is proved. */
export type Held = { dueAt: string | null; detail: string };

/**
 * Whether a letter to a speaker may go out now, by the budgets of its address (contract H38, decision record 8). Letters of
 * unproved submissions to one address stand for each other: one that is older than the last of them waits without a date.
 *
 * @param now what day it is, in milliseconds
 */
export async function allow(trx: Database, row: Row, fields: SpeakerContent, now: number): Promise<Allowed | Held> {
  const possible = [...budgetsOf(fields, true), ...budgetsOf(fields, false), newsBudget(fields)];
  const [, isProved, charges] = await together([
    lockBudgets(trx, possible),
    readProved(trx, row.submission_id),
    chargesOf(trx, possible),
  ]);
  const news = newsBudget(fields);
  const isImpersonal = !isProved || row.closed_at !== null;
  const budgets = row.closed_at === null ? budgetsOf(fields, isProved) : [news];
  if (budgets.some(({ key }) => key === news.key)) {
    const by = standIn(row, news, charges);
    if (by) return { dueAt: null, detail: standsFor(by) };
  }
  // At its closing the call has the last word, whatever went out before.
  const over = row.closed_at === null ? firstOver(budgets, charges, row.id, now) : undefined;
  return over ? { dueAt: nextWindow(over, now), detail: `${over.over} It goes out later.` } : { budgets, isImpersonal };
}

export function chargeLetter(trx: Database, { id }: Row, { budgets }: Allowed, now: number): Promise<void> {
  return charge(trx, budgets, id, now);
}

/** A letter that went to the same address after this one was written, or tried last, or after the call was closed. */
function standIn({ id, created_at, closed_at }: Row, news: Budget, charges: readonly Charge[]): Charge | undefined {
  const ofNews = charges.filter(({ key }) => key === news.key);
  const tried = ofNews.filter(({ mail }) => mail === id).map(({ at }) => at);
  const since = closed_at ?? [created_at, ...tried].toSorted().at(-1) ?? created_at;
  return ofNews.find(({ mail, at }) => mail !== id && at >= since);
}

function standsFor({ at }: Charge): string {
  return `The letter to the same address of ${at} stands for it. It goes out once the address is proved for its submission.`;
}

/** Until the end of the transaction, so that what is held then isn't missed by the proof, which has it sent. */
async function readProved(trx: Database, id: SubmissionId | null): Promise<boolean> {
  if (id === null) return false;
  const query = trx.selectFrom('submissions').select('is_proved').where('id', '=', id);
  const row = await (isLocking(trx) ? query.forShare() : query).executeTakeFirst();
  return row?.is_proved === 1;
}

import type { SpeakerContent } from '../../contract/mail/message-content.ts';
import { isToFormer } from '../../contract/mail/releases.ts';
import type { SubmissionId } from '../../contract/submission-id.ts';
import type { Database } from '../database.ts';
import { isLocking } from '../locks.ts';
import type { Tables } from '../tables.ts';
import { together } from '../together.ts';
import {
  type Budget,
  budgetsOf,
  type Charge,
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
  const news = newsBudget(fields);
  const possible = [...budgetsOf(fields, true), ...budgetsOf(fields, false), news];
  const [, isSpeakerProved, charges] = await together([
    lockBudgets(trx, possible),
    // Until the end of the transaction, so that what is held then isn't missed by the proof, which has it sent.
    readProved(trx, row.submission_id, isLocking(trx)),
    chargesOf(trx, possible),
  ]);
  // What strangers can have sent to an address by giving it, and another one after it, counts as theirs.
  const isProved = isToFormer(fields.release) ? fields.isToProved === true : isSpeakerProved;
  // At the closing, only letters about unproved submissions stand for each other.
  const atClosing = isProved ? [] : [news];
  const budgets = row.closed_at === null ? budgetsOf(fields, isProved) : atClosing;
  if (budgets.some(({ key }) => key === news.key)) {
    const by = standIn(row, news, charges);
    if (by) return { dueAt: null, detail: standsFor(by) };
  }
  // At its closing the call has the last word, whatever went out before.
  const over = row.closed_at === null ? firstOver(budgets, charges, row.id, now) : undefined;
  if (over) return { dueAt: nextWindow(over, now), detail: `${over.over} It goes out later.` };
  return { budgets, isImpersonal: isImpersonal(isProved, row) };
}

/** Of a letter that was claimed before. */
export async function isImpersonalNow(db: Database, row: Row): Promise<boolean> {
  return isImpersonal(await readProved(db, row.submission_id), row);
}

function isImpersonal(isProved: boolean, { closed_at }: Row): boolean {
  return !isProved || closed_at !== null;
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

async function readProved(db: Database, id: SubmissionId | null, isLocked = false): Promise<boolean> {
  if (id === null) return false;
  const query = db.selectFrom('submissions').select('is_proved').where('id', '=', id);
  const row = await (isLocked ? query.forShare() : query).executeTakeFirst();
  return row?.is_proved === 1;
}

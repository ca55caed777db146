import { PostgresAdapter, sql } from 'kysely';
import type { SubmissionId } from '../contract/submission-id.ts';
import type { Database } from './database.ts';

/** Taken in the order of this type, so that no two transactions wait for each other. */
type Lock =
  /** All records: shared by those who write one, alone for an erasure, which thus never crosses a write. */
  | 'records'
  /** The records of one talk, all with the same original. */
  | `talk ${SubmissionId}`
  /** The talks of one speaker: of two that are written at once, the later one must find the earlier one. */
  | `speaker ${string}`
  /** The budgets of an address, or of a network, by its key. */
  | `mail ${string}`
  /** Slots and the waiting list. */
  | 'slots'
  /** The numbers of a feed. */
  | `feed ${string}`;

/**
 * Takes locks until the end of the transaction. Transactions of the embedded database exclude each other anyway.
 *
 * @param shared keeps only those out who want it for themselves
 */
export async function lock(trx: Database, { shared = [], alone = [] }: { shared?: Lock[]; alone?: Lock[] }) {
  if (!isLocking(trx)) return;
  const taken = [
    ...shared.map((name) => sql`pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`),
    ...alone.map((name) => sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))`),
  ];
  await sql`select ${sql.join(taken)}`.execute(trx);
}

/** Whether transactions run beside each other, so that rows that were read may change. */
export function isLocking(trx: Database): boolean {
  return trx.getExecutor().adapter instanceof PostgresAdapter;
}

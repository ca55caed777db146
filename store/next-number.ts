import { sql } from 'kysely';
import type { ChangeNumber } from './change-number.ts';
import type { Database } from './database.ts';

/** Takes the next number, and locks out other writers until the end of the transaction. */
export async function nextNumber(trx: Database): Promise<ChangeNumber> {
  const { number } = await trx
    .updateTable('changes')
    .set({ number: sql`number + 1` })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

import type { Database } from './database.ts';

/** Of a change, or of what comes with one. Whoever has taken one is alone until the end of the transaction. */
export async function nextNumber(trx: Database): Promise<number> {
  const { number } = await trx
    .updateTable('changes')
    .set((row) => ({ number: row('number', '+', 1) }))
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

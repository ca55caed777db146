import type { Database } from './database.ts';

/**
 * Changes what is kept of one submission, in one transaction. Changes are made one after the other, whoever makes them,
 * in the order of their numbers: so none is missed by who asks for those after a number. What was erased is not changed.
 */
export async function change(
  db: Database,
  id: string,
  act: (trx: Database, number: number) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const number = await nextNumber(trx);
    if (!(await isErased(trx, id))) await act(trx, number);
  });
}

/** Of a change, or of what comes with one. Whoever has taken one is alone until the end of the transaction. */
export async function nextNumber(trx: Database): Promise<number> {
  const { number } = await trx
    .updateTable('changes')
    .set((row) => ({ number: row('number', '+', 1) }))
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

async function isErased(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom('erasures').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

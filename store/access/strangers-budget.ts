import type { Database } from '../database.ts';

/** Mails of a day to one address that strangers can cause, whatever they ask for (contract H38). */
const mostOfDay = 3;

export type Charged = 'charged' | { heldUntil: string };

/** `charged`: the mail may be sent. */
export type ChargeStrangers = (address: string, now: Date) => Promise<Charged>;

/** Counts for all workers. The day is that of UTC. */
export function createStrangersBudget(db: Database): { chargeStrangers: ChargeStrangers } {
  return {
    async chargeStrangers(address, now) {
      const day = now.toISOString().slice(0, 'yyyy-mm-dd'.length);
      await db.deleteFrom('strangers_mail').where('day', '<', day).execute();
      const row = await db
        .insertInto('strangers_mail')
        .values({ address, day, sent: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['address', 'day'])
            .doUpdateSet((row) => ({ sent: row('strangers_mail.sent', '+', 1) }))
            .where('strangers_mail.sent', '<', mostOfDay),
        )
        .returning('sent')
        .executeTakeFirst();
      return row === undefined ? { heldUntil: dayAfter(day) } : 'charged';
    },
  };
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00.000Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString();
}

import { readFile } from 'node:fs/promises';
import { openDatabase } from '../../store/database.ts';
import type { Finding } from '../measure/finding.ts';
import { until } from './scenario.ts';
import { none } from './usual-findings.ts';

/** Milliseconds. */
const patience = 600_000;

/** Waits until the mails to speakers are sent, and compares the ledger with what the mail server has received. */
export async function compareMails(database: string, recipients: string, stopping: AbortSignal): Promise<Finding[]> {
  const db = openDatabase(database, () => undefined);
  const ofSpeakers = db.selectFrom('messages').where('channel', '=', 'email');
  try {
    const took = await until(
      async () => {
        const waiting = ofSpeakers.select('id').where('state', 'in', ['pending', 'sending']).limit(1);
        return (await waiting.executeTakeFirst()) === undefined;
      },
      { stopping, within: patience },
    );
    const states = await ofSpeakers.select('state').execute();
    const sent = states.filter(({ state }) => state === 'sent').length;
    const received = (await readFile(recipients, 'utf8')).trimEnd().split('\n');
    return [
      { what: 'mails left to send after the last status', value: (took ?? patience) / 1_000, unit: 's' },
      { what: 'mails in the ledger', value: states.length, unit: 'mails' },
      none('mails not sent', states.length - sent),
      none('mails that were sent and did not arrive, or the other way round', Math.abs(sent - received.length)),
      // Each speaker has one talk, and one answer.
      none('mails that came twice', received.length - new Set(received).size),
    ];
  } finally {
    await db.destroy();
  }
}

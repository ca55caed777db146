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
    // A receipt over a cap is held, and superseded by the proof.
    const states = await ofSpeakers.select(['state', 'content']).where('state', '<>', 'superseded').execute();
    const sent = states.filter(({ state }) => state === 'sent');
    const received = countsOf((await readFile(recipients, 'utf8')).trimEnd().split('\n'));
    const expected = countsOf(sent.map(({ content }) => JSON.parse(content).fields.to));
    const more = [...received].map(([to, count]) => Math.max(0, count - (expected.get(to) ?? 0)));
    const total = sum(received.values());
    return [
      { what: 'mails left to send after the last status', value: (took ?? patience) / 1_000, unit: 's' },
      { what: 'mails in the ledger', value: states.length, unit: 'mails' },
      none('mails not sent', states.length - sent.length),
      none('mails that were sent and did not arrive, or the other way round', Math.abs(sent.length - total)),
      none('mails that came twice', sum(more)),
    ];
  } finally {
    await db.destroy();
  }
}

function countsOf(addresses: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const address of addresses) counts.set(address, (counts.get(address) ?? 0) + 1);
  return counts;
}

const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);

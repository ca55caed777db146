import { Client } from 'pg';
import { SetupError } from '../../process/setup-error.ts';
import type { Tables } from '../tables.ts';

/** What an erasure, or the end of a request, deletes from. Small ones first: the last one takes nearly all of the time. */
const tables = [
  ...['access_requests', 'charges', 'flags', 'findings', 'announcements', 'co_speakers', 'versions'],
  ...['sketch_hashes', 'texts', 'messages', 'submissions'],
] as const satisfies readonly (keyof Tables)[];

/** Milliseconds to wait for a table: all who come later wait behind, and gateways give up after 700. */
const lockTime = 500;

/** Waits of a busy table before it is left to the next time. */
const attempts = 20;

/**
 * Rewrites the tables. A plain VACUUM would only mark the space of deleted rows as free, with their bytes in it. Each table is
 * locked while it is rewritten.
 */
export async function vacuumPostgres(location: string, tell: (line: string) => void): Promise<void> {
  const client = new Client({ connectionString: location, application_name: 'call-for-speakers vacuum' });
  await client.connect();
  try {
    await client.query(`set lock_timeout = ${lockTime}`);
    // Its statistics hold the commonest values of each column in clear, with those that are deleted now.
    for (const table of [...tables, 'pg_catalog.pg_statistic']) {
      const began = performance.now();
      const options = table.startsWith('pg_') ? 'full, verbose' : 'full, verbose, analyze';
      await assertGone(client, table, () => untilFree(client, `vacuum (${options}) ${table}`));
      tell(`${table}: ${Math.round(performance.now() - began)} ms`);
    }
    await checkpoint(client, tell);
  } finally {
    await client.end();
  }
}

/** Rows that an older transaction may still read are copied, deleted or not. @throws SetupError if there were any */
async function assertGone(client: Client, table: string, vacuum: () => Promise<void>): Promise<void> {
  let kept = 0;
  // "3 dead row versions cannot be removed yet", in whatever language.
  const count = ({ detail = '' }: { detail?: string | undefined }) => {
    kept += Number(/\d+/.exec(detail)?.[0] ?? 0);
  };
  client.on('notice', count);
  try {
    await vacuum();
  } finally {
    client.off('notice', count);
  }
  if (kept === 0) return;
  throw new SetupError(
    `${table}: ${kept} deleted rows are kept for a transaction that is older than their deletion. Try again when it has ended: a backup, an idle session (pg_stat_activity), a standby with hot_standby_feedback, a replication slot`,
  );
}

async function untilFree(client: Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(statement);
      return;
    } catch (cause) {
      if (!hasCode(cause, lockNotAvailable)) throw cause;
      if (attempt === attempts)
        throw new SetupError(`${statement}: the table is in use all the time. Try again, or stop the workers`, {
          cause,
        });
    }
  }
}

/** Removes the old files, which are empty already, and lets the log be recycled. */
async function checkpoint(client: Client, tell: (line: string) => void): Promise<void> {
  try {
    await client.query('checkpoint');
  } catch (error) {
    if (!hasCode(error, insufficientPrivilege)) throw error;
    tell('checkpoint: the role may not (pg_checkpoint): the server makes one within its checkpoint_timeout');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

// SQLSTATE
const lockNotAvailable = '55P03';
const insufficientPrivilege = '42501';

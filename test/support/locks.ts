import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { isPostgres } from '../../store/database.ts';

/** Runs while another process has done these statements on a file, and holds what they lock. */
export async function whileLocked<Value>(file: string, statements: readonly string[], act: () => Promise<Value>) {
  const child = fork(new URL('./locking.ts', import.meta.url), [file, ...statements], {
    execArgv: ['--import', 'tsx'],
  });
  await once(child, 'message');
  try {
    return await act();
  } finally {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }
}

/** Runs while another program has locked all writes to the table, in either database; reads go on. */
export async function whileWritesAreLocked<Value>(location: string, table: string, act: () => Promise<Value>) {
  if (!isPostgres(location)) return whileLocked(location, ['begin immediate'], act);
  const program = new Client({ connectionString: location });
  await program.connect();
  try {
    await program.query('begin');
    await program.query(`lock table ${table} in exclusive mode`);
    return await act();
  } finally {
    await program.end();
  }
}

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import type { CompiledQuery, QueryResult } from 'kysely';
import { LRUCache } from 'lru-cache';
import { NoAnswerError } from '../unreachable.ts';

/** @throws SqliteError at once if another program has locked the file: see `untilFree` */
export function openFile(file: string): BetterSqlite.Database {
  try {
    makePrivate(file);
  } catch (cause) {
    throw new NoAnswerError(`${file} can't be created`, { cause });
  }
  const database = new BetterSqlite(file, { timeout: 0 });
  try {
    // Readers and a writer don't wait for each other.
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Overwrites deleted data: an erasure leaves nothing in free pages.
    database.pragma('secure_delete = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // Never opens an existing file: closing any descriptor of a file drops all POSIX locks of the process on it.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Prepared statements per connection: the service has some dozens. */
const statements = 100;

export function createEmbeddedFile(file: string) {
  // Preparing a statement takes longer than reading a record with it.
  const prepared = new LRUCache<string, BetterSqlite.Statement<unknown[]>>({ max: statements });
  let database: BetterSqlite.Database | undefined;

  return {
    run<Row>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): QueryResult<Row> {
      database ??= openFile(file);
      const statement = prepared.get(sql) ?? database.prepare<unknown[]>(sql);
      prepared.set(sql, statement);
      // Kysely derives the type of the rows from `Tables`.
      if (statement.reader) return { rows: statement.all(parameters) as Row[] };
      const { changes, lastInsertRowid } = statement.run(parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    },

    isInTransaction: () => database?.inTransaction === true,

    close: () => {
      database?.close();
    },
  };
}

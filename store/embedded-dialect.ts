import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { LRUCache } from 'lru-cache';

/** Milliseconds that one process waits for the write of another. Writes take some milliseconds. */
const patienceWithWriters = 5_000;

/** A file that several processes of one machine share. */
export function embeddedDialect(file: string): Dialect {
  return new EmbeddedDialect({ database: async () => withStatements(openFile(file)) });
}

/** Of one connection; the queries of the service are some dozen. */
const statements = 100;

/** To prepare a statement takes longer than to look up a record with it. */
function withStatements(database: BetterSqlite.Database): SqliteDatabase {
  const prepared = new LRUCache<string, BetterSqlite.Statement<unknown[]>>({ max: statements });
  return {
    prepare(sql) {
      const statement = prepared.get(sql) ?? database.prepare<unknown[]>(sql);
      prepared.set(sql, statement);
      return statement;
    },
    close: () => {
      database.close();
    },
  };
}

/** Also for what has no need of a query builder. */
export function openFile(file: string): BetterSqlite.Database {
  // Submissions are personal data: nobody else on the machine reads them.
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  const database = new BetterSqlite(file, { timeout: patienceWithWriters });
  // Readers and a writer don't wait for each other.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // What is deleted is overwritten: an erasure leaves nothing in free pages.
  database.pragma('secure_delete = ON');
  return database;
}

class EmbeddedDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0];

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** With SQLite's own `begin`, two processes that read first and write then lose one of their transactions. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** Migrations in one transaction, which is the lock that keeps two processes from migrating at once. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

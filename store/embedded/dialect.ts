import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { TimeLimits } from '../time-limits.ts';
import { createEmbeddedFile } from './file.ts';
import { untilFree } from './until-free.ts';

export function embeddedDialect(file: string, { connection, use }: TimeLimits): Dialect {
  return {
    createDriver: () => new EmbeddedDriver(file, connection + use),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** Migrations in one transaction, which is the lock that keeps two processes from migrating at once. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Whoever waits for another program's lock to write keeps nobody from reading. */
type Files = { reader: ReturnType<typeof createEmbeddedFile>; writer: ReturnType<typeof createEmbeddedFile> };

class EmbeddedDriver implements Driver {
  readonly #files: Files;
  readonly #timeout: number;
  #lastTurn = Promise.resolve();

  constructor(file: string, timeout: number) {
    this.#files = { reader: createEmbeddedFile(file), writer: createEmbeddedFile(file) };
    this.#timeout = timeout;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<EmbeddedConnection> {
    return new EmbeddedConnection(this.#files, performance.now() + this.#timeout, () => this.#takeTurn());
  }

  beginTransaction(connection: EmbeddedConnection): Promise<void> {
    return connection.begin();
  }

  async commitTransaction(connection: EmbeddedConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk has ended it already.
    if (this.#files.writer.isInTransaction()) this.#files.writer.run(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(connection: EmbeddedConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    this.#files.reader.close();
    this.#files.writer.close();
  }

  /** In this process one writes at a time, in the order in which they came. @returns what ends the turn */
  async #takeTurn(): Promise<() => void> {
    const before = this.#lastTurn;
    let end: () => void = () => undefined;
    this.#lastTurn = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  }
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #files: Files;
  readonly #giveUpAt: number;
  readonly #takeTurn: () => Promise<() => void>;
  #endTurn: (() => void) | undefined;

  constructor(files: Files, giveUpAt: number, takeTurn: () => Promise<() => void>) {
    this.#files = files;
    this.#giveUpAt = giveUpAt;
    this.#takeTurn = takeTurn;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { reader, writer } = this.#files;
    if (this.#endTurn) return untilFree(this.#giveUpAt, () => writer.run<Row>(query));
    if (SelectQueryNode.is(query.query)) return untilFree(this.#giveUpAt, () => reader.run<Row>(query));
    const endTurn = await this.#takeTurn();
    try {
      return await untilFree(this.#giveUpAt, () => writer.run<Row>(query));
    } finally {
      endTurn();
    }
  }

  /** With SQLite's own `begin`, two processes that read first and write then lose one of their transactions. */
  async begin(): Promise<void> {
    this.#endTurn = await this.#takeTurn();
    await this.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  release(): void {
    this.#endTurn?.();
  }

  streamQuery(): never {
    throw new Error('nothing is streamed: lists are read in pages');
  }
}

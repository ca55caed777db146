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

/** Runs migrations in one transaction, whose lock keeps two processes from migrating at once. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Two connections, so that waiting for another program's write lock doesn't block reads. */
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
    // After a full disk SQLite has rolled back already.
    if (this.#files.writer.isInTransaction()) this.#files.writer.run(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(connection: EmbeddedConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    this.#files.reader.close();
    this.#files.writer.close();
  }

  /** Serialises the writes of this process, first come, first served. @returns a function that ends the turn */
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

  /** With a plain `begin`, one of two processes that first read and then write would fail. */
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

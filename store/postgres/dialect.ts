import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import { DatabaseError, type Pool, type PoolClient, type QueryResultRow } from 'pg';
import { NoAnswerError } from '../unreachable.ts';

export function postgresDialect(pool: Pool, use: number): Dialect {
  return {
    createDriver: () => new BoundedDriver(pool, use),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

/** Destroys a connection that hasn't answered in time: its next user would be inside the old transaction. */
class BoundedDriver implements Driver {
  readonly #pool: Pool;
  readonly #use: number;

  constructor(pool: Pool, use: number) {
    this.#pool = pool;
    this.#use = use;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<BoundedConnection> {
    return new BoundedConnection(await this.#pool.connect().catch(asNoAnswer), this.#use);
  }

  async beginTransaction(connection: BoundedConnection): Promise<void> {
    connection.begin();
  }

  commitTransaction(connection: BoundedConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: BoundedConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(connection: BoundedConnection): Promise<void> {
    connection.release();
  }

  destroy(): Promise<void> {
    return this.#pool.end();
  }
}

function asNoAnswer(cause: unknown): never {
  if (cause instanceof DatabaseError) throw cause;
  throw new NoAnswerError(`PostgreSQL: ${cause instanceof Error ? cause.message : cause}`, { cause });
}

/** SQLSTATEs where a new connection helps: of a server after a failover, and of what was prepared before a migration. */
const passing = ['25006', '0A000'];

class BoundedConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #timer: NodeJS.Timeout;
  #begun: Promise<unknown> = Promise.resolve();
  #lost: unknown;

  constructor(client: PoolClient, use: number) {
    this.#client = client;
    this.#timer = setTimeout(() => {
      this.#lost ??= new NoAnswerError(`PostgreSQL: no answer in ${use} ms`);
      // Whatever waits for an answer fails.
      client.connection.stream.destroy();
    }, use);
  }

  async executeQuery<Row>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<Row>> {
    const { rowCount, rows } = await this.#ask<Row & QueryResultRow>(sql, parameters);
    return { rows, ...(rowCount === null ? {} : { numAffectedRows: BigInt(rowCount) }) };
  }

  /** Isn't waited for: it travels with the first statement. */
  begin(): void {
    this.#begun = this.#ask('begin');
    this.#begun.catch(() => undefined);
  }

  async commit(): Promise<void> {
    await this.#begun;
    const { command } = await this.#ask('commit');
    // PostgreSQL answers a commit with ROLLBACK if a statement of the transaction has failed.
    if (command === 'ROLLBACK') throw new Error('the transaction was rolled back');
  }

  /** The server rolls back by itself if the connection is lost; the caller gets the first error. */
  async rollback(): Promise<void> {
    await this.#ask('rollback').catch((cause: unknown) => {
      this.#lost ??= cause;
    });
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#client.release(this.#lost !== undefined || this.#client.getTransactionStatus() !== 'I');
  }

  streamQuery(): never {
    throw new Error('nothing is streamed: lists are read in pages');
  }

  async #ask<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) {
    if (this.#lost !== undefined) throw this.#lost;
    try {
      return await this.#client.query<Row>({ ...nameOf(text), text, values: [...values] });
    } catch (cause) {
      if (this.#lost !== undefined) throw this.#lost;
      if (!(cause instanceof DatabaseError) || passing.includes(cause.code ?? '')) this.#lost = cause;
      return asNoAnswer(cause);
    }
  }
}

/** Statements that each connection keeps prepared: parsing and planning one costs more than running it. */
const mostPrepared = 200;

/** Characters of a statement in its name, of the 63 that PostgreSQL takes: for whoever looks at what is prepared. */
const shownOfText = 40;

const names = new Map<string, string>();

/** None for what can't be prepared: begin, commit, and what comes when there are too many. */
function nameOf(text: string): { name?: string } {
  if (!/^(select|insert|update|delete|with) /.test(text)) return {};
  let name = names.get(text);
  if (name === undefined && names.size < mostPrepared) {
    name = `${text.slice(0, shownOfText)}… ${names.size}`;
    names.set(text, name);
  }
  return name === undefined ? {} : { name };
}

import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { ClientBase } from 'pg';
import { DomainError } from '#domain';
import { isCancelled, isDeadlock } from './transient.js';

/** How often a transaction is begun that has to give way to others. */
const ATTEMPTS = 3;

/** A row as the driver returns it: bytea as hex, bigint and numeric as the column says in the query. */
export type Row = Record<string, unknown>;

/** The only handle in scope inside a transaction: what is not written through it is not part of it. */
export interface Transaction {
  query<T = Row>(sql: string, parameters?: unknown[]): Promise<T[]>;
  readonly entities: EntityManager;
}

/** Postgres, where truth lives. Repositories take it for single statements, a {@link Transaction} for the rest. */
export class Database {
  /** @param searchMs how long a search may take, in milliseconds */
  constructor(
    private readonly source: DataSource,
    private readonly searchMs = 10_000,
  ) {}

  /** Runs one statement in a transaction of its own. */
  query<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.withRunner(async (runner) => execute<T>(await clientOf(runner), sql, parameters));
  }

  /**
   * Runs a statement that is made for one request, in a transaction of its own: it is planned for these values and not
   * kept, and Postgres shall not compile it, which mostly takes longer than it runs.
   * @param ms how long it may run, in milliseconds; 0: as long as it takes
   */
  queryOnce<T = Row>(sql: string, parameters: unknown[], ms = 0): Promise<T[]> {
    return this.inTransaction(async (client) => {
      await execute(
        client,
        `SELECT set_config('jit', 'off', true), set_config('statement_timeout', $1, true)`,
        [`${ms}`],
      );
      const { rows } = await client.query({ text: sql, values: parameters });
      return rows as T[];
    });
  }

  /**
   * The same for what clients make up. Throws `search_too_slow` when it takes longer than a search may: it is for them to
   * ask for less, and no use to try again.
   */
  async search<T = Row>(sql: string, parameters: unknown[]): Promise<T[]> {
    try {
      return await this.queryOnce<T>(sql, parameters, this.searchMs);
    } catch (error) {
      throw isCancelled(error) ? tooSlow(this.searchMs / 1000) : error;
    }
  }

  /**
   * Commits when `work` resolves, rolls back when it rejects. Names that are swapped at the same time, for one, cannot
   * be locked in an order: whoever gives way to another begins `work` again.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let left = ATTEMPTS; ; left--) {
      try {
        return await this.inTransaction((client, entities) =>
          work({ entities, query: (sql, parameters = []) => execute(client, sql, parameters) }),
        );
      } catch (error) {
        if (left === 1 || !isDeadlock(error)) throw error;
      }
    }
  }

  private inTransaction<T>(work: (client: ClientBase, entities: EntityManager) => Promise<T>): Promise<T> {
    return this.withRunner(async (runner) => {
      const client = await clientOf(runner);
      await runner.startTransaction();
      try {
        const result = await work(client, runner.manager);
        await runner.commitTransaction();
        return result;
      } catch (error) {
        // A connection that is lost has rolled back by itself; what made it fail is what counts.
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    });
  }

  get entities(): EntityManager {
    return this.source.manager;
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }
}

function tooSlow(seconds: number): DomainError {
  const message = `query: took longer than ${seconds} s: ask for less, by values that attributes equal, or sort by created_at`;
  return new DomainError('search_too_slow', message, 'query');
}

const clientOf = (runner: QueryRunner): Promise<ClientBase> => runner.connect() as Promise<ClientBase>;

/** The statements are constants of the repositories: each is parsed and planned once a connection, under its name. */
const names = new Map<string, string>();

async function execute<T>(client: ClientBase, text: string, values: unknown[]): Promise<T[]> {
  const { rows } = await client.query(values.length > 0 ? { name: nameOf(text), text, values } : { text });
  return rows as T[];
}

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) names.set(text, (name = `muster_${names.size}`));
  return name;
}

/** A hex id as a bytea parameter. */
export const bytes = (hex: string): string => `\\x${hex}`;

/** Values as a jsonb[] parameter: JSON in quotes is an array's element as it is, and quicker made than escaped. */
export const jsonArray = (values: readonly unknown[]): string =>
  `{${values.map((value) => JSON.stringify(JSON.stringify(value))).join(',')}}`;

import type { DataSource, EntityManager } from 'typeorm';

/** A row as the driver returns it: bytea as hex, bigint and numeric as the column says in the query. */
export type Row = Record<string, unknown>;

/** The only handle in scope inside a transaction: what is not written through it is not part of it. */
export interface Transaction {
  query<T = Row>(sql: string, parameters?: unknown[]): Promise<T[]>;
  readonly entities: EntityManager;
}

/** Postgres, where truth lives. Repositories take it for single statements, a {@link Transaction} for the rest. */
export class Database {
  constructor(private readonly source: DataSource) {}

  /** Runs one statement in a transaction of its own. */
  async query<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return rowsOf(await this.source.query(sql, parameters));
  }

  /** Commits when `work` resolves, rolls back when it rejects. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.source.transaction((entities) =>
      work({
        entities,
        query: async (sql, parameters = []) => rowsOf(await entities.query(sql, parameters)),
      }),
    );
  }

  get entities(): EntityManager {
    return this.source.manager;
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** TypeORM answers UPDATE and DELETE with `[rows, count]`, everything else with rows. */
function rowsOf<T>(result: unknown): T[] {
  if (!Array.isArray(result)) return [];
  return (
    result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number' ? result[0] : result
  ) as T[];
}

/** A hex id as a bytea parameter. */
export const bytes = (hex: string): string => `\\x${hex}`;

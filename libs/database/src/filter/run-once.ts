import type { Database } from '../database.js';
import type { Parameters } from './parameters.js';

interface OneStatement {
  readonly sql: string;
  readonly parameters: Parameters;
  /** How long it may run, in milliseconds; absent: as long as it takes. */
  readonly ms?: number | undefined;
}

/** Runs a statement that was made for one request. Postgres shall not compile it: that mostly takes longer than it runs. */
export function runOnce<T>(database: Database, { sql, parameters, ms = 0 }: OneStatement): Promise<T[]> {
  return database.transaction(async (tx) => {
    await tx.query(`SELECT set_config('jit', 'off', true), set_config('statement_timeout', $1, true)`, [
      `${ms}`,
    ]);
    return tx.queryOnce<T>(sql, parameters.values);
  });
}

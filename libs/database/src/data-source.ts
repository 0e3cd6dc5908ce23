import { types } from 'pg';
import { DataSource } from 'typeorm';
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';

const BYTEA = 17;
const INT8 = 20;

export interface DatabaseOptions {
  readonly url: string;
  /** Connections of this process. Two cores do not get faster beyond a dozen. */
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly name?: string;
}

/** The one definition of the connection, used by the processes, the migrations and the tests. */
export function dataSource({ url, poolSize = 10, name = 'muster' }: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: name,
    poolSize,
    entities,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    extra: { types: { getTypeParser }, keepAlive: true, connectionTimeoutMillis: 10_000 },
    poolErrorHandler: () => undefined,
  });
}

/** bytea is read as hex, the way ids look everywhere else; bigint as a number, for none of ours reaches 2^53. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === BYTEA) return (value) => value.slice(2);
  if (oid === INT8) return Number;
  return types.getTypeParser(oid, format as 'text') as (value: string) => unknown;
}

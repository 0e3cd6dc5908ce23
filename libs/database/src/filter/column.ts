import { customName, type Target } from '#domain';
import type { Parameters } from './parameters.js';

/** Where a filter finds a value. */
export interface Column {
  /** An expression; of `json` the jsonb column that has the value under `key`. */
  readonly sql: string;
  /** `id` is the bytea of a hex id, `integer` an id that is a number; a filter writes both as text. */
  readonly type: 'text' | 'number' | 'time' | 'id' | 'integer' | 'json';
  readonly key?: string;
  /** What comes after FROM when the value is of related rows: any one of them may match. */
  readonly related?: string;
  /** What the value is when there is no related row; absent: unknown. */
  readonly whenNone?: 0;
}

/** The columns of a table that is searched: contacts have theirs, companies others. */
export type Columns = (target: Target, parameters: Parameters) => Column;

/** Where rows `c` have a custom attribute; undefined when the field is none. */
export function customColumn(field: string): Column | undefined {
  const key = customName(field);
  return key === undefined ? undefined : { sql: 'c.custom_attributes', type: 'json', key };
}

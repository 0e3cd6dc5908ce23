import { DomainError, isId, MAX_INSTANT, MIN_INSTANT, type Position, type Sort } from '#domain';
import { bytes } from '../database.js';
import type { Column } from './column.js';
import type { Parameters } from './parameters.js';

/** How rows `c` are sorted by a column and then by their id, unknown values last. */
export interface SortSql {
  /** The sort value as a {@link Position} has it. */
  readonly value: string;
  /** Which rows there are in this stretch. */
  readonly condition: string;
  readonly orderBy: string;
}

/** Rows whose sort value is known, or those whose is not: either alone comes in the order of an index on (column, id). */
export interface Stretch {
  readonly known: boolean;
  readonly after: Position | null;
}

/** What is left after a position, in this order. */
export function stretchesAfter(after: Position | null): Stretch[] {
  if (after && after.value === null) return [{ known: false, after }];
  return [
    { known: true, after },
    { known: false, after: null },
  ];
}

/** @throws DomainError parameter_invalid for a position that no page of this sort ended at */
export function sortSql(
  column: Column,
  { order, known, after }: Pick<Sort, 'order'> & Stretch,
  parameters: Parameters,
): SortSql {
  const { expression, value, bind } = sorted(column, parameters);
  const [direction, beyond] = order === 'ascending' ? ['ASC', '>'] : ['DESC', '<'];
  const orderBy = `${expression} ${direction}, c.id ${direction}`;
  const presence = `${expression} IS ${known ? 'NOT NULL' : 'NULL'}`;
  if (after === null) return { value, orderBy, condition: presence };
  const id = parameters.add(bytes(idOf(after.id)), 'bytea');
  const condition =
    after.value === null
      ? `${presence} AND c.id ${beyond} ${id}`
      : `(${expression}, c.id) ${beyond} (${bind(after.value)}, ${id})`;
  return { value, orderBy, condition };
}

type Value = NonNullable<Position['value']>;

interface Sorted {
  readonly expression: string;
  readonly value: string;
  readonly bind: (value: Value) => string;
}

function sorted({ sql, type, key }: Column, parameters: Parameters): Sorted {
  switch (type) {
    case 'json': {
      const expression = `(${sql} -> ${parameters.add(key, 'text')})`;
      const bind = (value: Value) => parameters.add(JSON.stringify(value), 'jsonb');
      return { expression, value: expression, bind };
    }
    case 'time': {
      const bind = (value: Value) => `to_timestamp(${parameters.add(instant(value), 'float8')})`;
      return { expression: sql, value: `extract(epoch FROM ${sql})::float8`, bind };
    }
    case 'id':
      return { expression: sql, value: sql, bind: (value) => parameters.add(bytes(idOf(value)), 'bytea') };
    case 'number':
      return { expression: sql, value: sql, bind: (value) => parameters.add(number(value), 'float8') };
    default:
      return { expression: sql, value: sql, bind: (value) => parameters.add(text(value), 'text') };
  }
}

function number(value: Value): number {
  if (typeof value === 'number') return value;
  throw noPosition();
}

function instant(value: Value): number {
  if (number(value) >= MIN_INSTANT && number(value) <= MAX_INSTANT) return number(value);
  throw noPosition();
}

function text(value: Value): string {
  if (typeof value === 'string') return value;
  throw noPosition();
}

function idOf(value: Value): string {
  if (isId(text(value))) return text(value);
  throw noPosition();
}

function noPosition(): DomainError {
  return new DomainError('parameter_invalid', 'starting_after: is no cursor of this sort', 'starting_after');
}

import { type AttributeValue, type Comparison, isId, type Range } from '#domain';
import { bytes } from '../database.js';
import { type Column } from './column.js';
import type { Parameters } from './parameters.js';

type Of<K extends Comparison['kind']> = Extract<Comparison, { kind: K }>;

/** A condition that holds, or not, or is null where the value is unknown: whoever negates it asks `IS NOT TRUE`. */
export function comparisonSql(comparison: Comparison, column: Column, parameters: Parameters): string {
  switch (comparison.kind) {
    case 'values':
      return equalitySql(comparison.values, column, parameters);
    case 'ranges':
      return either(comparison.ranges.map((range) => rangeSql(range, column, parameters)));
    case 'known':
      return column.type === 'json'
        ? `${column.sql} ? ${parameters.add(column.key, 'text')}`
        : `${column.sql} IS NOT NULL`;
    default:
      return textSql(comparison, column, parameters);
  }
}

/** Values of another type, and what cannot be an id, are equal to nothing. */
function equalitySql(values: readonly AttributeValue[], column: Column, parameters: Parameters): string {
  const { sql, type, key = '' } = column;
  switch (type) {
    case 'json':
      return either(
        values.map((value) => `${sql} @> ${parameters.add(JSON.stringify({ [key]: value }), 'jsonb')}`),
      );
    case 'id':
      return anyOf(sql, parameters.add(values.map(String).filter(isId).map(bytes), 'bytea[]'));
    case 'integer':
      return anyOf(sql, parameters.add(values.map(String).filter(isInteger), 'integer[]'));
    case 'number':
      return anyOf(sql, parameters.add(values.filter(isNumber), 'float8[]'));
    default:
      return anyOf(sql, parameters.add(values.filter(isText), 'text[]'));
  }
}

function rangeSql(range: Range, column: Column, parameters: Parameters): string {
  const number = numberSql(column, parameters);
  const bound = (value: number) => {
    const place = parameters.add(value, 'float8');
    return column.type === 'time' ? `to_timestamp(${place})` : place;
  };
  const bounds = Object.entries(range).map(([operator, value]) => `${number} ${operator} ${bound(value)}`);
  return `(${bounds.join(' AND ')})`;
}

/**
 * A text without its case, as `foldCase` of `#domain` has it: by Unicode, whatever the locale of the database, which in
 * "C" would fold ASCII only.
 */
const foldedSql = (sql: string): string => `translate(lower(${sql} COLLATE "und-x-icu"), 'ς', 'σ')`;

function textSql(
  { kind, text }: Of<'contains' | 'starts' | 'ends'>,
  column: Column,
  parameters: Parameters,
): string {
  const value = foldedSql(stringSql(column, parameters));
  const part = foldedSql(parameters.add(text, 'text'));
  if (kind === 'starts') return `starts_with(${value}, ${part})`;
  return kind === 'ends' ? `right(${value}, length(${part})) = ${part}` : `strpos(${value}, ${part}) > 0`;
}

function numberSql({ sql, type, key }: Column, parameters: Parameters): string {
  return type === 'json' ? typedSql(sql, parameters.add(key, 'text'), ['number', 'float8']) : sql;
}

function stringSql({ sql, type, key }: Column, parameters: Parameters): string {
  if (type === 'id') return `encode(${sql}, 'hex')`;
  return type === 'json' ? typedSql(sql, parameters.add(key, 'text'), ['string', 'text']) : sql;
}

/** The value of a jsonb column when it is of this type; the cast of any other would fail. */
function typedSql(sql: string, key: string, [is, type]: readonly [string, string]): string {
  return `CASE jsonb_typeof(${sql} -> ${key}) WHEN '${is}' THEN (${sql} ->> ${key})::${type} END`;
}

const anyOf = (sql: string, list: string): string => `${sql} = ANY (${list})`;
const either = (conditions: readonly string[]): string =>
  conditions.length === 1 ? `${conditions[0]}` : `(${conditions.join(' OR ')})`;

const isInteger = (value: string): boolean => /^\d{1,9}$/.test(value);
const isNumber = (value: AttributeValue): boolean => typeof value === 'number';
const isText = (value: AttributeValue): boolean => typeof value === 'string';

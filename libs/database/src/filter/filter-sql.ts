import type { Comparison, ResolvedFilter } from '#domain';
import type { Column, Columns } from './column.js';
import { comparisonSql } from './comparison-sql.js';
import type { Parameters } from './parameters.js';

/**
 * A filter as a condition for WHERE, over what `columns` names, with the answers that `compileFilter` gives. What is
 * unknown makes a comparison null; a negation asks `IS NOT TRUE`, and so is the exact complement, at every depth.
 */
export function filterSql(filter: ResolvedFilter, columns: Columns, parameters: Parameters): string {
  if ('target' in filter) {
    const column = columns(filter.target, parameters);
    const sql = questionSql(filter.comparison, column, parameters);
    return filter.comparison.negated ? not(sql) : sql;
  }
  const nodes = filter.value.map((node) => filterSql(node, columns, parameters));
  return filter.operator === 'NOT' ? not(nodes.join()) : `(${nodes.join(` ${filter.operator} `)})`;
}

const not = (sql: string): string => `(${sql}) IS NOT TRUE`;

/** Of related rows one is enough; without any, the value may be unknown or a count of 0. */
function questionSql(comparison: Comparison, column: Column, parameters: Parameters): string {
  const sql = comparisonSql(comparison, column, parameters);
  if (!column.related) return sql;
  if (column.whenNone === undefined || !holds(comparison, column.whenNone))
    return `EXISTS (SELECT FROM ${column.related} AND ${sql})`;
  return `NOT EXISTS (SELECT FROM ${column.related} AND ${not(sql)})`;
}

function holds(comparison: Comparison, value: number): boolean {
  if (comparison.kind === 'values') return comparison.values.includes(value);
  return comparison.kind === 'ranges' && comparison.ranges.some((range) => within(range, value));
}

function within(range: { '<'?: number; '>'?: number; '<='?: number; '>='?: number }, value: number): boolean {
  const {
    '<': below = Infinity,
    '<=': to = Infinity,
    '>': above = -Infinity,
    '>=': from = -Infinity,
  } = range;
  return value < below && value <= to && value > above && value >= from;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { AttributeValue, Subject } from '../contact/contact.js';
import { compileFilter } from './compile-filter.js';
import { parseFilter } from './parse-filter.js';

const ZONE = 'America/New_York';
const DATE = /^\d{4}-\d\d-\d\dT/;

/** `field operator value unit`, as the table in docs/filters.md writes a predicate. */
function predicateOf(source: string) {
  const [target = '', operator, value, unit] = source.split(' ');
  const [, event, measure] = /^(\w+)\.(count|first|last)$/.exec(target) ?? [];
  return parseFilter({
    ...(event ? { event, measure } : { field: target }),
    operator,
    ...(value ? { value: valueOf(value) } : {}),
    ...(unit ? { unit } : {}),
  });
}

function valueOf(source: string): AttributeValue {
  return DATE.test(source) ? Date.parse(source) / 1000 : JSON.parse(source);
}

/** The value of every row is put wherever a row's predicate may look for it. */
function subjectWith(source: string): Subject {
  if (source === 'unknown') return { attributes: {}, customAttributes: {}, events: {} };
  const value = valueOf(source);
  const number = Number(value);
  return {
    attributes: { email: value, web_sessions: value, signed_up_at: value, last_seen_at: value },
    customAttributes: { size: value },
    events: { purchased: { count: number, first: number, last: number } },
  };
}

const document = readFileSync(join(import.meta.dirname, '../../../../docs/filters.md'), 'utf8');
const rows = document
  .split('\n')
  .filter((line) => /\| (yes|no) +\|$/.test(line))
  .map((line) => {
    const [predicate = '', value = '', now = '', matches = ''] = line.split('|').slice(1).map(plain);
    return { predicate, value, now, matches };
  });

function plain(cell: string): string {
  return cell.trim().replaceAll('`', '');
}

describe('The table in docs/filters.md', () => {
  it('is found', () => {
    expect(rows.length).toBeGreaterThan(50);
  });

  it.each(rows)('$predicate | $value | $now | $matches', ({ predicate, value, now, matches }) => {
    const { test } = compileFilter(predicateOf(predicate), ZONE);
    expect(test(subjectWith(value), now ? Number(valueOf(now)) : 0)).toBe(matches === 'yes');
  });
});

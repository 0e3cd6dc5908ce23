import { typeOfField } from '../attribute/standard-attributes.js';
import { dayEquality, dayOrder, equality, order } from './comparison.js';
import type { Condition, EventPredicate, FieldPredicate, RelativeCondition } from './filter.js';
import { type Predicate, type Question, sourceOf } from './predicate.js';
import { presence } from './presence.js';
import { relativeDate } from './relative-date.js';
import { textSearch } from './text.js';
import { type WholeDays, wholeDays } from './whole-days.js';

/** @param zone the workspace's, for dates: they are compared as whole local days */
export function compilePredicate(predicate: FieldPredicate | EventPredicate, zone: string): Predicate {
  const days = wholeDays(zone);
  const question =
    'unit' in predicate ? relativeDate(predicate, days) : compare(predicate, isDate(predicate) ? days : null);
  return { ...sourceOf(predicate), ...question };
}

function isDate(predicate: FieldPredicate | EventPredicate): boolean {
  if ('event' in predicate) return predicate.measure !== 'count';
  return typeOfField(predicate.field) === 'date';
}

/** @param days given when the value is a date */
function compare(condition: Exclude<Condition, RelativeCondition>, days: WholeDays | null): Question {
  switch (condition.operator) {
    case '=':
    case '!=':
    case 'IN':
    case 'NIN':
      return days ? dayEquality(condition, days) : equality(condition);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return days ? dayOrder(condition, days) : order(condition);
    case 'is_unknown':
    case 'has_any_value':
      return presence(condition);
    default:
      return textSearch(condition);
  }
}

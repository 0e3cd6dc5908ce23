import { customName, type DataType, typeOfField } from '../attribute/standard-attributes.js';
import type { AttributeValue } from '../contact/contact.js';
import { type DateCondition, type DateContext, dateRanges, type Range } from '../filter/date-ranges.js';
import {
  type Condition,
  type EventPredicate,
  type FieldPredicate,
  type Filter,
  type Group,
  isGroup,
} from '../filter/filter.js';
import { EXACT_SECONDS, wholeDays } from '../filter/whole-days.js';
import { type ApiVersion, isSince } from '../version/api-version.js';

/** A comparison that a store can answer without a calendar. An unknown value matches none but a negated one. */
export type Comparison = { readonly negated: boolean } & (
  | { readonly kind: 'values'; readonly values: readonly AttributeValue[] }
  | { readonly kind: 'ranges'; readonly ranges: readonly Range[] }
  | { readonly kind: 'contains' | 'starts' | 'ends'; readonly text: string }
  | { readonly kind: 'known' }
);

/** What is asked. */
export type Target = Pick<FieldPredicate, 'field'> | Pick<EventPredicate, 'event' | 'measure'>;

/** A filter at one instant. */
export type ResolvedFilter =
  | { readonly operator: Group['operator']; readonly value: readonly ResolvedFilter[] }
  | { readonly target: Target; readonly comparison: Comparison };

/** The type of a field of what is searched; undefined when there is no such field. */
type TypeOf = (field: string) => DataType | 'any' | undefined;

export interface Instant {
  /** IANA name of the workspace's time zone */
  readonly zone: string;
  /** unix seconds */
  readonly now: number;
  /** Whose dates are compared: absent, those of docs/filters.md, which are also those of versions until 2.16. */
  readonly version?: ApiVersion;
}

/**
 * Puts bounds for dates. From 2.17 on the standard ones are compared to the second, and custom ones as days of UTC; the
 * events and the relative dates, which are our own, stay as they are (reference: date semantics by version).
 * @param typeOf of a contact's fields, unless it is a filter of something else
 */
export function resolveFilter(
  filter: Filter,
  instant: Instant,
  typeOf: TypeOf = typeOfField,
): ResolvedFilter {
  if (isGroup(filter)) {
    const value = filter.value.map((node) => resolveFilter(node, instant, typeOf));
    return { operator: filter.operator, value };
  }
  if ('event' in filter) {
    const { event, measure, ...condition } = filter;
    const isDate = measure !== 'count';
    return { target: { event, measure }, comparison: ask(condition, isDate && contextOf(filter, instant)) };
  }
  const { field, ...condition } = filter;
  const isDate = typeOf(field) === 'date';
  return { target: { field }, comparison: ask(condition, isDate && contextOf(filter, instant)) };
}

function contextOf(predicate: FieldPredicate | EventPredicate, { zone, now, version }: Instant): DateContext {
  const local = 'event' in predicate || 'unit' in predicate || !version || !isSince(version, '2.17');
  if (local) return { days: wholeDays(zone), now };
  const custom = customName(predicate.field) !== undefined;
  return { days: custom ? wholeDays('UTC') : EXACT_SECONDS, now };
}

const TEXTS = { '~': 'contains', '!~': 'contains', '^': 'starts', $: 'ends' } as const;

/** @param dates given when the value is a date */
function ask(condition: Condition, dates: DateContext | false): Comparison {
  const negated = NEGATIONS.has(condition.operator);
  switch (condition.operator) {
    case 'is_unknown':
    case 'has_any_value':
      return { kind: 'known', negated };
    case '~':
    case '!~':
    case '^':
    case '$':
      return { kind: TEXTS[condition.operator], text: condition.value, negated };
    default:
      return dates
        ? { kind: 'ranges', ranges: dateRanges(condition, dates), negated }
        : compare(condition, negated);
  }
}

const NEGATIONS: ReadonlySet<string> = new Set(['!=', 'NIN', '!~', 'is_unknown']);

function compare(condition: DateCondition, negated: boolean): Comparison {
  switch (condition.operator) {
    case '=':
    case '!=':
    case 'IN':
    case 'NIN':
      return { kind: 'values', values: [condition.value].flat(), negated };
    case '<':
    case '>':
    case '<=':
    case '>=':
      return { kind: 'ranges', ranges: [{ [condition.operator]: condition.value }], negated };
    default:
      throw new RangeError('Only dates are relative');
  }
}

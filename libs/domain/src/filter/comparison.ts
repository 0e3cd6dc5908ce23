import type { AttributeValue } from '../contact/contact.js';
import type { Condition } from './filter.js';
import type { Question } from './predicate.js';
import type { WholeDays } from './whole-days.js';

type Equality = Extract<Condition, { operator: '=' | '!=' | 'IN' | 'NIN' }>;
type Order = Extract<Condition, { operator: '<' | '>' | '<=' | '>=' }>;

/** Case-sensitive, and `5` is not `"5"`; the negations match whatever is not equal, unknown values too. */
export function equality(condition: Equality): Question {
  const values = valuesOf(condition);
  const wanted = new Set(values);
  const negated = isNegated(condition);
  return {
    shape: { kind: 'values', values },
    test: (value) => (value !== undefined && wanted.has(value)) !== negated,
  };
}

/** Equality of dates: on one of these local days. */
export function dayEquality(condition: Equality, { dayOf }: WholeDays): Question {
  const wanted = new Set(valuesOf(condition).map((value) => dayOf(Number(value))));
  const negated = isNegated(condition);
  return {
    shape: { kind: 'days', days: [...wanted], dayOf },
    test: (value) => (typeof value === 'number' && wanted.has(dayOf(value))) !== negated,
  };
}

function valuesOf({ value }: Equality): readonly AttributeValue[] {
  return Array.isArray(value) ? value : [value];
}

function isNegated({ operator }: Equality): boolean {
  return operator === '!=' || operator === 'NIN';
}

/** Never matches what is unknown or no number. */
export function order({ operator, value: bound }: Order): Question {
  const holds = ORDERS[operator];
  return {
    shape: { kind: operator.startsWith('<') ? 'below' : 'above', bound },
    test: (value) => typeof value === 'number' && holds(value, bound),
  };
}

const ORDERS: Readonly<Record<Order['operator'], (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '>': (value, bound) => value > bound,
  '<=': (value, bound) => value <= bound,
  '>=': (value, bound) => value >= bound,
};

/** Order of dates: before or since the start of a local day. `<=` and `>` look at the start of the next. */
export function dayOrder({ operator, value }: Order, { dayOf, startOf }: WholeDays): Question {
  const day = operator === '<' || operator === '>=' ? dayOf(value) : dayOf(value) + 1;
  return order({ operator: operator.startsWith('<') ? '<' : '>=', value: startOf(day) });
}

import { z } from 'zod';
import type { DataType } from '../attribute/standard-attributes.js';

/** Groups may be nested this deep, and a filter may hold this many predicates in all. */
export const MAX_DEPTH = 10;
export const MAX_PREDICATES = 200;
const MAX_VALUES = 100;
const MAX_STRING = 255;
const MAX_AMOUNT = 100_000;

/** Dates are unix seconds between the years 1000 and 9999: beyond, somebody sent milliseconds. */
export const MIN_INSTANT = -30_610_224_000;
export const MAX_INSTANT = 253_402_300_799;

const NUMERIC = /^-?\d{1,15}(\.\d{1,15})?$/;
const STRING = `expected a string of at most ${MAX_STRING} characters`;

const text = z.string(STRING).max(MAX_STRING, STRING);
const scalar = z.union([text, z.number(), z.boolean()], `${STRING}, a number or a boolean`);

/** Numbers may arrive as numeric strings (reference: Intercom's search). */
const numeric = (expected: string) =>
  z.union([z.number(), z.string().regex(NUMERIC).transform(Number)], expected);
const number = numeric('expected a number');
const date = numeric('expected a date in unix seconds').refine(
  (value) => value >= MIN_INSTANT && value <= MAX_INSTANT,
  'expected unix seconds between the years 1000 and 9999, not milliseconds',
);
const AMOUNT = `expected a whole number from 0 to ${MAX_AMOUNT}`;
const amount = numeric(AMOUNT).refine(
  (value) => Number.isInteger(value) && value >= 0 && value <= MAX_AMOUNT,
  AMOUNT,
);

const equality = <T extends z.ZodType>(value: T) => z.strictObject({ operator: z.enum(['=', '!=']), value });
const membership = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    operator: z.enum(['IN', 'NIN']),
    value: z.array(value, `expected a list of 1 to ${MAX_VALUES} values`).min(1).max(MAX_VALUES),
  });
const order = <T extends z.ZodType>(value: T) =>
  z.strictObject({ operator: z.enum(['<', '>', '<=', '>=']), value });
const is = <T extends z.ZodType>(value: T) => z.strictObject({ operator: z.enum(['=']), value });
const beforeOrAfter = <T extends z.ZodType>(value: T) =>
  z.strictObject({ operator: z.enum(['<', '>']), value });
const search = z.strictObject({ operator: z.enum(['~', '!~', '^', '$']), value: text });
const presence = z.strictObject({ operator: z.enum(['is_unknown', 'has_any_value']) });
const relative = z.strictObject({
  operator: z.enum([
    'more_than_ago',
    'less_than_ago',
    'exactly_ago',
    'more_than_from_now',
    'less_than_from_now',
    'exactly_from_now',
  ]),
  value: amount,
  unit: z.enum(['minutes', 'hours', 'days', 'weeks', 'months']),
});

/** The id of another thing: text, whose numbers may arrive as numbers. */
const reference = z.union([text, z.int()], 'expected an id').transform(String);

/**
 * What may be asked of a value, by its type: `any` is a custom attribute, `count` an event's, which is never unknown.
 * Only searches ask a `day` or a `moment`, dates as Intercom's versions have them, a `segment` or a `tag`.
 */
export const CONDITIONS = {
  string: z.discriminatedUnion('operator', [equality(text), membership(text), search, presence]),
  number: z.discriminatedUnion('operator', [equality(number), membership(number), order(number), presence]),
  boolean: z.discriminatedUnion('operator', [equality(z.boolean()), membership(z.boolean()), presence]),
  date: z.discriminatedUnion('operator', [equality(date), membership(date), order(date), presence, relative]),
  any: z.discriminatedUnion('operator', [
    equality(scalar),
    membership(scalar),
    order(number),
    search,
    presence,
  ]),
  count: z.discriminatedUnion('operator', [equality(number), membership(number), order(number)]),
  day: z.discriminatedUnion('operator', [is(date), beforeOrAfter(date), presence, relative]),
  moment: z.discriminatedUnion('operator', [equality(date), order(date), presence, relative]),
  segment: z.discriminatedUnion('operator', [equality(reference), membership(reference), presence]),
  tag: z.discriminatedUnion('operator', [equality(reference), presence]),
} satisfies Record<DataType | 'any' | 'count' | 'day' | 'moment' | 'segment' | 'tag', z.ZodType>;

/** A field as a filter may name it, and what may be asked of it. */
export interface Field {
  readonly name: string;
  readonly type: keyof typeof CONDITIONS;
}

export const eventTarget = z.object({
  event: z.string('expected an event name').min(1).max(MAX_STRING),
  measure: z.enum(['count', 'first', 'last']),
});

export type Condition = z.infer<(typeof CONDITIONS)[keyof typeof CONDITIONS]>;
export type RelativeCondition = z.infer<typeof relative>;
export type Unit = RelativeCondition['unit'];

/** Asks something of an attribute. */
export type FieldPredicate = { field: string } & Condition;
/** Asks something of the summary of one event name. */
export type EventPredicate = z.infer<typeof eventTarget> & Condition;

export interface Group {
  operator: 'AND' | 'OR' | 'NOT';
  /** NOT has exactly one. */
  value: Filter[];
}

/** The rule language, as stored: numeric strings are numbers, `= null` is `is_unknown`, event names are as kept. */
export type Filter = Group | FieldPredicate | EventPredicate;

export function isGroup(filter: Filter): filter is Group {
  return filter.operator === 'AND' || filter.operator === 'OR' || filter.operator === 'NOT';
}

import { z } from 'zod';
import type { AttributeValue } from '../contact/contact.js';
import { MAX_INSTANT, MIN_INSTANT } from '../filter/filter.js';
import type { AttributeType } from './data-attribute.js';

/** Longest string that an attribute holds, in characters (reference 2). */
export const MAX_ATTRIBUTE_STRING = 255;

const text = z.string().max(MAX_ATTRIBUTE_STRING);

/** 31/12/2026, as Intercom's own date attributes accept it. */
const dayFirst = z
  .string()
  .regex(/^\d{2}\/\d{2}\/\d{4}$/)
  .transform((date) => date.split('/').reverse().join('-'))
  .pipe(z.iso.date());

const instant = z
  .union([
    z.number(),
    z
      .union([dayFirst, z.iso.date(), z.iso.datetime({ offset: true })])
      .transform((date) => Date.parse(date) / 1000),
  ])
  .transform(Math.floor)
  .refine((seconds) => seconds >= MIN_INSTANT && seconds <= MAX_INSTANT);

const STRING = `a string of at most ${MAX_ATTRIBUTE_STRING} characters`;
const DATE = 'a date: unix seconds (not milliseconds), DD/MM/YYYY or ISO 8601';

const TYPES: Readonly<
  Record<AttributeType | 'any', { schema: z.ZodType<AttributeValue>; expected: string }>
> = {
  any: {
    schema: z.union([text, z.number(), z.boolean()]),
    expected: `${STRING}, a finite number, true, false or null`,
  },
  string: { schema: text, expected: STRING },
  options: { schema: text, expected: STRING },
  integer: { schema: z.int(), expected: 'an integer' },
  float: { schema: z.number(), expected: 'a finite number (float)' },
  boolean: { schema: z.boolean(), expected: 'true or false (boolean)' },
  date: { schema: instant, expected: DATE },
  datetime: { schema: instant, expected: DATE },
};

/** What a type takes, in words. */
export const expectedOf = (type: AttributeType | 'any'): string => TYPES[type].expected;

/**
 * The value as it is kept: dates are whole unix seconds, a day without a time is its start in UTC. Undefined when the
 * type does not take it. `any` is every value that a custom attribute may hold. A string of type `options` need not be
 * one of them: Intercom announced that, and took it back (reference 2).
 */
export function readValue(type: AttributeType | 'any', value: unknown): AttributeValue | undefined {
  const result = TYPES[type].schema.safeParse(value);
  return result.success ? result.data : undefined;
}

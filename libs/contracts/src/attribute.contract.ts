import { z } from 'zod';
import { STANDARD_ATTRIBUTES } from '#domain';
import { shortText } from './values.js';

/** Intercom's limits for custom attributes of one workspace, and so of one contact. */
const MAX_ATTRIBUTES = 250;
const MAX_NAME = 190;

/** Letters, digits, currency signs, spaces, `-` and `_` are fine; these have a meaning elsewhere. */
const FORBIDDEN = /[.$~!@#%^&*'{}|\\"\p{Cc}]/u;

const name = z
  .string()
  .min(1, `expected 1 to ${MAX_NAME} characters`)
  .max(MAX_NAME, `expected 1 to ${MAX_NAME} characters`)
  .refine((value) => !FORBIDDEN.test(value), 'expected none of . $ ~ ! @ # % ^ & * \' { } | \\ "')
  .refine((value) => !Object.hasOwn(STANDARD_ATTRIBUTES, value), 'it belongs to a standard attribute');

/** null clears. Lists and objects are refused, not flattened. */
const value = z.union([shortText, z.number(), z.boolean(), z.null()], {
  error: 'expected a string of at most 255 characters, a finite number, true, false or null',
});

/** Custom attributes by name. */
export const customAttributes = z
  .record(name, value, 'expected an object of names and values')
  .refine(
    (attributes) => Object.keys(attributes).length <= MAX_ATTRIBUTES,
    `expected at most ${MAX_ATTRIBUTES} custom attributes`,
  );

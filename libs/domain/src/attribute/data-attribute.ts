import type { AttributeValue } from '../contact/contact.js';
import { COMPANY_ATTRIBUTES } from './company-attributes.js';
import { STANDARD_ATTRIBUTES } from './standard-attributes.js';

/** Custom attributes that a workspace may have in use, of both models; archived ones do not count (reference 2). */
export const MAX_ACTIVE_ATTRIBUTES = 250;
export const MAX_ATTRIBUTE_NAME = 190;

/** Letters, digits, currency signs, spaces, `-` and `_` are fine; these have a meaning elsewhere (reference 2). */
const FORBIDDEN = /[.$~!@#%^&*'{}|\\"\p{Cc}]/u;

/** Whose attribute it is. */
export const ATTRIBUTE_MODELS = ['contact', 'company'] as const;
export type AttributeModel = (typeof ATTRIBUTE_MODELS)[number];

/** What a custom attribute may hold; one of `options` is a string that is mostly one of a list. */
export const ATTRIBUTE_TYPES = [
  'string',
  'integer',
  'float',
  'boolean',
  'date',
  'datetime',
  'options',
] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** What becomes of a custom attribute that is not declared: declared by its first value, refused, or left out. */
export const UNKNOWN_ATTRIBUTES = ['create', 'reject', 'ignore'] as const;
export type UnknownAttributes = (typeof UNKNOWN_ATTRIBUTES)[number];

/** A custom attribute as far as a write must know it. */
export interface DeclaredAttribute {
  readonly model: AttributeModel;
  readonly dataType: AttributeType;
  readonly archived: boolean;
  /** Whether a browser may write it. */
  readonly messengerWritable: boolean;
}

/** The custom attributes of a workspace by name, and what it does with others. */
export interface AttributeRegistry {
  readonly unknown: UnknownAttributes;
  readonly attributes: ReadonlyMap<string, DeclaredAttribute>;
}

const reserved = (standard: object) =>
  new Set(Object.keys(standard).flatMap((name) => [name, name.split('.')[0]]));

const RESERVED = { contact: reserved(STANDARD_ATTRIBUTES), company: reserved(COMPANY_ATTRIBUTES) };

/** What is wrong with a name for a custom attribute; null if nothing is. Names are case-sensitive. */
export function nameProblem(model: AttributeModel, name: string): string | null {
  if (name === '' || name.length > MAX_ATTRIBUTE_NAME)
    return `expected 1 to ${MAX_ATTRIBUTE_NAME} characters`;
  if (FORBIDDEN.test(name)) return 'expected none of . $ ~ ! @ # % ^ & * \' { } | \\ "';
  return RESERVED[model].has(name) ? 'it belongs to a standard attribute' : null;
}

/**
 * The type of an attribute that is declared by its first value. A number is a float, since 3 may be followed by 3.5;
 * where the name ends in `_at` it is a date (reference 2).
 */
export function typeOfFirst(name: string, value: AttributeValue): AttributeType {
  if (typeof value === 'number') return name.endsWith('_at') ? 'date' : 'float';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}

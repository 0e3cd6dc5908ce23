import { MAX_ATTRIBUTE_STRING } from './attribute-value.js';

/** NUL, which Postgres cannot keep, and halves of surrogate pairs, which are no text in UTF-8. */
export const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const ALL_UNSTORABLE = new RegExp(UNSTORABLE, 'g');

/**
 * Text that nobody checked, as an attribute takes it: what cannot be stored is left out, and what comes after `max`
 * characters. Undefined when nothing is left.
 */
export function cleanText(text: string | undefined, max = MAX_ATTRIBUTE_STRING): string | undefined {
  return text?.trim().slice(0, max).replaceAll(ALL_UNSTORABLE, '').trimEnd() || undefined;
}

import type { Attributes, AttributeValue } from '../contact/contact.js';

/** What the wire has of a value: null while it is unknown. */
export const known = (attributes: Attributes, name: string): AttributeValue | null =>
  attributes[name] ?? null;

/** What the wire has of a date: whole unix seconds. */
export function seconds(attributes: Attributes, name: string): number | null {
  const value = attributes[name];
  return typeof value === 'number' ? Math.floor(value) : null;
}

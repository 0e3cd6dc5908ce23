import type { ContactBody } from '#contracts';
import type { AttributeValue } from '#domain';
import type { WrittenAttributes } from '#pipeline';

/** What a body writes: standard attributes by API name and custom ones; null clears, what is left out stays. */
export function writtenAttributes({ role, custom_attributes, ...standard }: ContactBody): WrittenAttributes {
  const attributes: Record<string, AttributeValue | null> = {};
  for (const [name, value] of Object.entries(standard)) if (value !== undefined) attributes[name] = value;
  return { ...(role ? { role } : {}), attributes, customAttributes: custom_attributes ?? {} };
}

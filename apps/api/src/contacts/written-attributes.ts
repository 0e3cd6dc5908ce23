import type { ContactBody } from '#contracts';
import type { WrittenAttributes } from '#pipeline';
import { given } from '../http/given.js';

/** What a body writes: standard attributes by API name and custom ones; null clears, what is left out stays. */
export function writtenAttributes({ custom_attributes, ...standard }: ContactBody): WrittenAttributes {
  return { attributes: given(standard), customAttributes: custom_attributes ?? {} };
}

import type { ContactBody } from '#contracts';
import type { Asked } from '#pipeline';
import { given } from '../http/given.js';

/** What a body writes: standard attributes by API name and custom ones; null clears, what is left out stays. */
export function writtenAttributes(body: ContactBody): Asked {
  const { custom_attributes: customAttributes, email_verified: _, ...standard } = body;
  return { attributes: given(standard), customAttributes: customAttributes ?? {} };
}

import type { CompanyBody } from '#contracts';
import type { Asked } from '#pipeline';
import { given } from '../http/given.js';

/** What a body writes of a company; `now`, in unix seconds, is when the company was last seen if the body says so. */
export function writtenCompany(body: CompanyBody, now: number): Asked {
  const { custom_attributes, update_last_request_at: seen, ...standard } = body;
  return {
    attributes: { ...given(standard), ...(seen ? { last_request_at: now } : {}) },
    customAttributes: custom_attributes ?? {},
  };
}

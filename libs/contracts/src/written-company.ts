import { given } from '#domain';
import type { CompanyBody } from './company.contract.js';
import type { InlineCompanyBody } from './inline-company.js';

/** What a body writes of a company; `now`, in unix seconds, is when the company was last seen if the body says so. */
export function writtenCompany(body: CompanyBody, now: number) {
  const { custom_attributes, update_last_request_at: seen, ...standard } = body;
  return {
    attributes: { ...given(standard), ...(seen ? { last_request_at: now } : {}) },
    customAttributes: custom_attributes ?? {},
  };
}

/** The same of a company that comes with a contact. @param now unix seconds */
export function writtenInline(
  { company_id, remove, created_at, ...company }: InlineCompanyBody,
  now: number,
) {
  const remote_created_at = company.remote_created_at === undefined ? created_at : company.remote_created_at;
  return { ...writtenCompany({ ...company, remote_created_at }, now), companyId: company_id, remove };
}

import { known, seconds } from '../attribute/read-attributes.js';
import type { Company } from './company.js';

/** What the API answers of a company. */
export type CompanyObject = ReturnType<typeof companyObject>;

/** What a company's object is made with besides the company; tags and segments are as the wire has them. */
export interface CompanyView {
  readonly appId: string;
  readonly userCount: number;
  readonly tags: readonly object[];
  readonly segments: readonly object[];
}

/**
 * A company in the shape of Intercom's API (reference 1.2), every field present: what is unknown is null. Times are
 * whole unix seconds. A plan is known by its name, so its id is the name too.
 */
export function companyObject({ id, attributes, customAttributes }: Company, view: CompanyView) {
  const plan = known(attributes, 'plan');
  return {
    type: 'company',
    id,
    app_id: view.appId,
    company_id: known(attributes, 'company_id'),
    name: known(attributes, 'name'),
    plan: plan === null ? {} : { type: 'plan', id: plan, name: plan },
    monthly_spend: known(attributes, 'monthly_spend') ?? 0,
    size: known(attributes, 'size'),
    industry: known(attributes, 'industry'),
    website: known(attributes, 'website'),
    remote_created_at: seconds(attributes, 'remote_created_at'),
    created_at: seconds(attributes, 'created_at'),
    updated_at: seconds(attributes, 'updated_at'),
    last_request_at: seconds(attributes, 'last_request_at'),
    session_count: known(attributes, 'session_count') ?? 0,
    user_count: view.userCount,
    custom_attributes: { ...customAttributes },
    tags: { type: 'tag.list', tags: view.tags },
    segments: { type: 'segment.list', segments: view.segments },
    notes: { type: 'note.list', notes: [] },
  };
}

import type { StandardAttribute } from './standard-attributes.js';

type CompanyAttribute = Omit<StandardAttribute, 'filterable'>;

const kept = (type: CompanyAttribute['type'], label: string): CompanyAttribute => ({
  type,
  writable: false,
  label,
});
const written = (type: CompanyAttribute['type'], label: string): CompanyAttribute => ({
  type,
  writable: true,
  label,
});

/** The standard attributes of a company by their API name, a dot where its object nests them (reference 1.2). */
export const COMPANY_ATTRIBUTES: Readonly<Record<string, CompanyAttribute>> = {
  id: kept('string', 'ID'),
  company_id: written('string', 'Company ID'),
  name: written('string', 'Company name'),
  'plan.id': kept('string', 'Plan ID'),
  'plan.name': written('string', 'Plan'),
  monthly_spend: written('number', 'Monthly Spend'),
  size: written('number', 'Company size'),
  industry: written('string', 'Company industry'),
  website: written('string', 'Company website'),
  remote_created_at: written('date', 'Company created at'),
  created_at: kept('date', 'Created at'),
  updated_at: kept('date', 'Updated at'),
  last_request_at: kept('date', 'Company last seen'),
  session_count: kept('number', 'Company web sessions'),
  user_count: kept('number', 'People'),
  app_id: kept('string', 'App ID'),
};

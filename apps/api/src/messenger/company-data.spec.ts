import { expect, it } from '@jest/globals';
import { MAX_INLINE_COMPANIES } from '#contracts';
import { readCompanies } from './company-data.js';

const many = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

it('a page names no more companies than a backend may', () => {
  const all = readCompanies(many(MAX_INLINE_COMPANIES));
  const beyond = readCompanies(many(MAX_INLINE_COMPANIES + 1));

  expect([all.companies.length, all.warnings.length]).toEqual([MAX_INLINE_COMPANIES, 0]);
  expect(beyond.companies).toHaveLength(MAX_INLINE_COMPANIES);
  expect(beyond.warnings).toMatchObject([{ field: 'companies' }]);
});

it.each([[{ name: 'nameless' }], [{ id: '' }], ['acme'], [null]])('%j is no company', (company) => {
  expect(readCompanies([company])).toMatchObject({ companies: [], warnings: [{ field: 'companies.0' }] });
});

it('the time a company was made may be text, as templates write it', () => {
  const { companies } = readCompanies([
    { company_id: 'a', created_at: '1500000000', name: 'null', remove: true },
  ]);

  expect(companies).toMatchObject([{ attributes: { remote_created_at: 1_500_000_000, name: null } }]);
  expect(companies[0]?.customAttributes).toEqual({});
});

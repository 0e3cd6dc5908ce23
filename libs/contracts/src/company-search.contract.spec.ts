import { expect, it } from '@jest/globals';
import { parse, searchCompanies } from './index.js';
import { refusalOf } from '../../../test/support/refusal.js';

const search = (filters: number) => ({
  query: {
    operator: 'OR',
    value: Array.from({ length: filters }, () => ({ field: 'name', operator: '=', value: 'Acme' })),
  },
});

it('a search of companies has at most 15 filters in a group', () => {
  expect(parse(searchCompanies, search(15)).query).toEqual(search(15).query);
  expect(refusalOf(searchCompanies, search(16))).toMatchObject([
    { code: 'parameter_invalid', field: 'query.value', message: expect.stringContaining('at most 15') },
  ]);
});

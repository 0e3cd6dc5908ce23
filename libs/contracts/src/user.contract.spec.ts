import { describe, expect, it } from '@jest/globals';
import {
  findUsers,
  MAX_INLINE_COMPANIES,
  MAX_LISTED_USERS,
  MAX_USERS_PER_PAGE,
  parse,
  upsertUser,
} from './index.js';
import { refusalOf } from '../../../test/support/refusal.js';

const chars = (count: number) => 'x'.repeat(count);
const companies = (count: number) => Array.from({ length: count }, (_, i) => ({ company_id: `c${i}` }));

describe('a user of version 1', () => {
  it.each<[string, unknown, unknown]>([
    ['referrer', chars(2048), chars(2049)],
    ['last_seen_user_agent', chars(2048), chars(2049)],
    ['last_seen_ip', chars(255), chars(256)],
    ['utm_term', chars(255), chars(256)],
    ['name', chars(255), chars(256)],
    ['companies', companies(MAX_INLINE_COMPANIES), companies(MAX_INLINE_COMPANIES + 1)],
  ])('has "%s" up to its limit', (field, most, more) => {
    expect(parse(upsertUser, { user_id: 'u', [field]: most })).toMatchObject({ [field]: most });
    expect(refusalOf(upsertUser, { user_id: 'u', [field]: more })[0]?.field).toBe(field);
  });

  it('is not named by what is null', () => {
    expect(parse(upsertUser, { user_id: null, email: 'A@b.example' })).toMatchObject({
      email: 'a@b.example',
    });
    expect(parse(upsertUser, { user_id: null, email: 'a@b.example' }).user_id).toBeUndefined();
    expect(refusalOf(upsertUser, { user_id: null, name: 'Ann' })[0]?.field).toBe('user_id');
  });

  it.each<[string, object, object]>([
    ['per_page', { per_page: `${MAX_USERS_PER_PAGE}` }, { per_page: `${MAX_USERS_PER_PAGE + 1}` }],
    ['created_since', { created_since: '10000' }, { created_since: '10001' }],
    ['page', { page: `${MAX_LISTED_USERS / 50}` }, { page: `${MAX_LISTED_USERS / 50 + 1}` }],
  ])('is listed by "%s" up to its limit', (field, most, more) => {
    expect(() => parse(findUsers, most)).not.toThrow();
    expect(refusalOf(findUsers, more)[0]?.field).toBe(field);
  });
});

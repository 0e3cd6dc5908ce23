import { describe, expect, it } from '@jest/globals';
import { listEvents, parse } from './index.js';
import { refusalOf } from '../../../test/support/refusal.js';

const ID = '0123456789abcdef01234567';

describe('a list of events', () => {
  it('is of fifteen unless it says otherwise', () => {
    const query = parse(listEvents, { user_id: 'u1' });

    expect(query).toEqual({ type: 'user', user_id: 'u1', summary: false, per_page: 15 });
  });

  it.each([1, 150])('holds %i', (perPage) => {
    expect(parse(listEvents, { user_id: 'u1', per_page: String(perPage) }).per_page).toBe(perPage);
  });

  it.each<[string, object, string]>([
    ['of nobody', { type: 'user' }, 'user_id'],
    ['of another type', { user_id: 'u1', type: 'company' }, 'type'],
    ['with an unknown parameter', { user_id: 'u1', page: '2' }, 'page'],
    ['of no events a page', { user_id: 'u1', per_page: '0' }, 'per_page'],
    ['of too many events a page', { user_id: 'u1', per_page: '151' }, 'per_page'],
    ['before what is no time', { user_id: 'u1', before: 'now' }, 'before'],
    ['before what is out of time', { user_id: 'u1', before: '1e20' }, 'before'],
    ['since before 1970', { user_id: 'u1', since: '-1' }, 'since'],
    ['from an id without a time', { user_id: 'u1', since_id: ID }, 'since'],
    ['from what is no id', { user_id: 'u1', before: '1', before_id: 'x' }, 'before_id'],
    ['that is a page of a summary', { user_id: 'u1', summary: 'true', before: '1' }, 'before'],
  ])('%s is refused', (_, query, field) => {
    expect(refusalOf(listEvents, query)).toMatchObject([{ field }]);
  });
});

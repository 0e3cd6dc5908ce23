import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bulkReport } from '#contracts';
import { testApi, type TestApi } from '../../../../test/support/api.js';

const NOBODY = '0123456789abcdef01234567';

let api: TestApi;
let contactId: string;
beforeAll(async () => {
  api = await testApi();
  contactId = (await api.send('post', '/contacts').send({ external_id: 'u1' })).body.id;
});
afterAll(() => api.close());

const anEvent = (overrides: object = {}) => ({
  user_id: 'u1',
  event_name: 'purchased',
  created_at: 1_700_000_000,
  ...overrides,
});

/** Names of the events in the inbox, which is emptied. */
async function accepted(): Promise<string[]> {
  const rows = await api.store.database.query<{ kind: string; payload: { name?: string } }>(
    'DELETE FROM inbox RETURNING kind, payload',
  );
  return rows.flatMap(({ kind, payload }) => (kind === 'event' ? [payload.name ?? ''] : []));
}

describe('an event', () => {
  it('is answered with nothing once it is in the inbox', async () => {
    const answer = await api.send('post', '/events').send(anEvent());

    expect([answer.status, answer.text]).toEqual([202, '']);
    expect(await accepted()).toEqual(['purchased']);
  });

  it.each<[string, object, number, string]>([
    ['of an unknown user', { user_id: 'nobody' }, 404, 'not_found'],
    ['of an unknown id', { user_id: undefined, id: NOBODY }, 404, 'not_found'],
    ['of what is no id', { user_id: undefined, id: 'bogus' }, 404, 'not_found'],
    ['of nobody', { user_id: undefined }, 400, 'parameter_missing'],
    ['with a wrong time', { created_at: 'now' }, 400, 'parameter_invalid'],
  ])('%s is refused and not in the inbox', async (_, overrides, status, code) => {
    const answer = await api.send('post', '/events').send(anEvent(overrides));

    expect(answer.status).toBe(status);
    expect(answer.body.errors[0].code).toBe(code);
    expect(await accepted()).toEqual([]);
  });
});

describe('a list of events', () => {
  it('is accepted and refused item by item', async () => {
    const events = [
      anEvent({ event_name: 'first' }),
      anEvent({ event_name: '' }),
      anEvent({ user_id: 'nobody' }),
      'no event',
      anEvent({ user_id: undefined, id: contactId, event_name: 'last' }),
    ];
    const answer = await api.send('post', '/events/bulk').send({ events });
    const report = bulkReport.parse(answer.body);

    expect(answer.status).toBe(202);
    expect(report).toMatchObject({ accepted: 2, refused: 3 });
    expect(report.items.map((item) => item.errors.map((error) => error.field ?? error.code))).toEqual([
      [],
      ['event_name'],
      ['user_id'],
      ['parameter_invalid'],
      [],
    ]);
    expect(await accepted()).toEqual(expect.arrayContaining(['first', 'last']));
  });
});

describe('a ping', () => {
  it('is accepted as activity on its platform', async () => {
    const answer = await api
      .send('post', '/ping')
      .send({ user_id: 'u1', platform: 'ios', created_at: 1_700_000_000 });
    const rows = await api.store.database.query(`DELETE FROM inbox RETURNING kind, payload`);

    expect([answer.status, answer.text]).toEqual([202, '']);
    expect(rows).toEqual([
      { kind: 'activity', payload: expect.objectContaining({ platform: 'ios', createdAt: 1_700_000_000 }) },
    ]);
  });
});

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplyModule } from '#pipeline';
import { testApi, type TestApi } from '../support/api.js';
import { People } from '../support/people.js';

let api: TestApi;
let people: People;
beforeAll(async () => {
  api = await testApi({ modules: [ApplyModule], jobs: ['apply.lanes'] });
  people = new People(api);
});
afterAll(() => api.close());

const send = (batch: readonly object[], more: object = {}) =>
  api.send('post', '/v1/batch').send({ batch, ...more });

const track = (userId: string, messageId: string, more: object = {}) => ({
  type: 'track',
  userId,
  messageId,
  event: 'Moved',
  ...more,
});
const identify = (userId: string, traits: object, more: object = {}) => ({
  type: 'identify',
  userId,
  traits,
  ...more,
});
const countOf = async (table: string): Promise<unknown> =>
  (await api.store.database.query(`SELECT count(*)::int AS count FROM ${table}`))[0]?.['count'];

describe('a batch', () => {
  it('makes one user of 50 events, and records them all', async () => {
    const answer = await send(Array.from({ length: 50 }, (_, i) => track('fifty', `fifty-${i}`)));

    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    expect(await people.events('fifty')).toHaveLength(50);
  });

  it('keeps what 50 identifies of one user say', async () => {
    const traits = Array.from({ length: 50 }, (_, i) => [`key ${i}`, i] as const);
    await send(traits.map(([key, value]) => identify('keys', { [key]: value })));

    expect(await people.settled('keys')).toMatchObject({ custom_attributes: Object.fromEntries(traits) });
  });

  it('changes nothing when it is sent again', async () => {
    const timestamp = new Date(Date.now() - 60_000).toISOString();
    const batch = [
      { type: 'page', userId: 'again', messageId: 'p', name: 'Home', timestamp },
      track('again', 't', { timestamp, context: { groupId: 'again-inc' } }),
      identify('again', { plan: 'pro', email: 'again@example.com' }, { timestamp }),
      { type: 'alias', userId: 'again', previousId: 'again-device', timestamp },
    ];
    await send(batch, { sentAt: new Date().toISOString() });
    const before = await people.settled('again');
    const counts = [await countOf('event'), await countOf('contact'), await countOf('session')];
    await send(batch, { sentAt: new Date().toISOString() });

    expect(await people.settled('again')).toEqual(before);
    expect([await countOf('event'), await countOf('contact'), await countOf('session')]).toEqual(counts);
  });

  it('lets the later of two identifies win, in whatever order they arrive', async () => {
    const [early, late] = [new Date(Date.now() - 60_000), new Date(Date.now() - 30_000)];
    await send([identify('late', { plan: 'new', email: 'new@example.com' }, { timestamp: late })]);
    await send([identify('late', { plan: 'old', email: 'old@example.com' }, { timestamp: early })]);

    expect(await people.settled('late')).toMatchObject({
      email: 'new@example.com',
      custom_attributes: { plan: 'new' },
    });
  });

  it('lets the latter of two identifies of one instant win', async () => {
    const timestamp = new Date().toISOString();
    await send([
      identify('instant', { plan: 'z', email: 'z@example.com' }, { timestamp }),
      identify('instant', { plan: 'a', email: 'a@example.com' }, { timestamp }),
    ]);

    expect(await people.settled('instant')).toMatchObject({
      email: 'a@example.com',
      custom_attributes: { plan: 'a' },
    });
  });

  it('makes one contact of a user whom 20 batches name first', async () => {
    const before = Number(await countOf('contact'));
    const batches = Array.from({ length: 20 }, (_, i) =>
      send([
        track('crowd', `crowd-${i}`, { anonymousId: 'crowd-device' }),
        identify('crowd', { email: 'crowd@example.com', [`key ${i}`]: i }),
      ]),
    );
    const answers = await Promise.all(batches);

    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => ({ success: true })));
    expect(await people.events('crowd')).toHaveLength(20);
    expect(Number(await countOf('contact')) - before).toBe(1);
  });

  it('gives the user what it did before it was known', async () => {
    await send([{ type: 'page', anonymousId: 'shy', messageId: 's1', name: 'Home' }]);
    await send([
      { type: 'track', anonymousId: 'shy', messageId: 's2', event: 'Looked' },
      identify('bold', { plan: 'pro' }, { anonymousId: 'shy' }),
      { type: 'track', anonymousId: 'shy', messageId: 's3', event: 'Bought' },
    ]);

    expect(await people.settled('bold')).toMatchObject({ role: 'user', web_sessions: 1 });
    expect(await people.events('bold')).toHaveLength(3);
  });

  it('merges the history of a second device', async () => {
    await send([identify('two', {}, { anonymousId: 'phone' })]);
    await send([{ type: 'track', anonymousId: 'tablet', messageId: 'd1', event: 'Looked' }]);
    await send([track('two', 'd2', { anonymousId: 'tablet' })]);

    expect(await people.events('two')).toHaveLength(2);
  });

  it('leaves a device that two users share with the first', async () => {
    await send([track('first', 'k1', { anonymousId: 'kiosk' })]);
    await send([track('second', 'k2', { anonymousId: 'kiosk' })]);
    await send([{ type: 'track', anonymousId: 'kiosk', messageId: 'k3', event: 'Looked' }]);

    expect(await people.events('first')).toHaveLength(2);
    expect(await people.events('second')).toHaveLength(1);
  });

  it('refuses to merge two users, and takes the rest', async () => {
    await send([identify('anna', {}), identify('berta', {})]);
    const answer = await send([
      { type: 'alias', userId: 'anna', previousId: 'berta', messageId: 'a1' },
      track('anna', 'a2'),
    ]);

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: false,
      refused: [
        {
          index: 0,
          messageId: 'a1',
          errors: [expect.objectContaining({ code: 'invalid_merge', field: 'previousId' })],
        },
      ],
    });
    expect(await people.events('anna')).toHaveLength(1);
  });

  it('refuses an address that is taken with all of its call', async () => {
    await api.send('post', '/contacts').send({ email: 'taken@example.com' }).expect(200);
    await send([identify('eager', { plan: 'free' })]);
    const answer = await send([identify('eager', { email: 'taken@example.com', plan: 'pro' })]);

    expect(answer.body.refused).toEqual([
      { index: 0, errors: [expect.objectContaining({ code: 'conflict', field: 'email' })] },
    ]);
    expect(await people.settled('eager')).toMatchObject({ email: null, custom_attributes: { plan: 'free' } });
  });

  it('gives a user whom an address alone named its userId', async () => {
    const { body } = await api.send('post', '/contacts').send({ email: 'mail@example.com' });
    await send([identify('named', { email: 'Mail@example.com' })]);

    expect(await people.settled('named')).toMatchObject({ id: body.id });
  });

  it('leaves out what an attribute cannot hold, and counts it', async () => {
    const traits = { address: { city: 'Paris' }, tags: ['a'], avatar: 'http://x', age: 7, createdAt: 'soon' };
    const answer = await send([identify('nested', traits)]);

    expect(answer.body).toMatchObject({ success: true, left_out: 4 });
    expect(answer.body.warnings[0]).toMatchObject({ code: 'parameter_invalid', index: 0 });
    expect(await people.settled('nested')).toMatchObject({ custom_attributes: { age: 7 }, avatar: null });
  });

  it.each<[string, object, string]>([
    ['of no type', { userId: 'u' }, 'type'],
    ['of an unknown type', { type: 'shout', userId: 'u' }, 'type'],
    ['without a person', { type: 'track', event: 'x' }, 'userId'],
    ['without an event', { type: 'track', userId: 'u' }, 'event'],
    ['without a group', { type: 'group', userId: 'u' }, 'groupId'],
    ['without a former name', { type: 'alias', userId: 'u' }, 'previousId'],
    ['with a message id over its limit', track('u', 'x'.repeat(256)), 'messageId'],
    ['with a name over its limit', track('u'.repeat(256), 'm'), 'userId'],
    ['with a time that is none', track('u', 'm', { timestamp: 'yesterday' }), 'timestamp'],
    ['with milliseconds for seconds', track('u', 'm', { timestamp: 1_700_000_000_000 }), 'timestamp'],
    ['of the far future', track('u', 'm', { timestamp: '2999-01-01T00:00:00Z' }), 'timestamp'],
    ['with text that cannot be stored', track('u', 'm', { properties: { a: '\0' } }), 'properties.a'],
    ['with traits that are none', identify('u', ['a']), 'traits'],
  ])('refuses a call %s alone, by name', async (_, call, field) => {
    const answer = await send([call, track('beside', JSON.stringify(call).slice(0, 200))]);

    expect(answer.status).toBe(200);
    expect(answer.body.refused).toEqual([
      expect.objectContaining({ index: 0, errors: [expect.objectContaining({ field })] }),
    ]);
    expect((await api.send('get', '/contacts/find_by_external_id/u')).status).toBe(404);
  });

  it.each<[string, object]>([
    ['no list', { batch: 'x' }],
    ['nothing', {}],
    ['more calls than it may', { batch: Array.from({ length: 2_501 }, () => ({})) }],
  ])('of %s is refused', async (_, body) => {
    expect((await api.send('post', '/v1/batch').send(body)).status).toBe(400);
  });

  it('of as many calls as it may is taken', async () => {
    const answer = await send(Array.from({ length: 2_500 }, (_, i) => track('many', `many-${i}`)));

    expect(answer.body).toEqual({ success: true });
  });

  it('names a time by the clock of the server', async () => {
    const hourAgo = (more: number) => new Date(Date.now() - 3_600_000 - more * 1_000).toISOString();
    await send([track('skewed', 'm', { originalTimestamp: hourAgo(60) })], { sentAt: hourAgo(0) });
    const [event] = await people.events('skewed');

    expect(Math.abs(Number(event?.['created_at']) - (Date.now() / 1000 - 60))).toBeLessThan(5);
  });
});

describe('a body', () => {
  const zipped = (text: string) =>
    api
      .send('post', '/v1/track')
      .set('content-encoding', 'gzip')
      .set('content-type', 'application/x-www-form-urlencoded')
      .serialize((body) => body as unknown as string)
      .send(gzipSync(text) as unknown as string);

  it('may be gzipped, under whatever content type', async () => {
    const answer = await zipped(JSON.stringify(track('zip', 'z')));

    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
  });

  it.each([
    ['at the limit', 1_048_576, 400],
    ['over it', 1_048_577, 413],
    ['far over it', 50_000_000, 413],
  ])('is measured inflated: %s', async (_, size, status) => {
    const answer = await zipped(`"${'x'.repeat(size - 2)}"`);

    expect(answer.status).toBe(status);
  });

  it('that says gzip and is none is refused', async () => {
    const answer = await api.send('post', '/v1/track').set('content-encoding', 'gzip').send({ a: 1 });

    expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'bad_request']);
  });

  it('of another encoding is refused', async () => {
    const answer = await api.send('post', '/v1/track').set('content-encoding', 'br').send({ a: 1 });

    expect(answer.status).toBe(415);
  });
});

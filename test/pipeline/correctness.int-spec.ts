import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestMuster } from '../support/muster.js';
import { waitFor } from '../support/wait-for.js';

/** What the reference's side-by-side sheet (peers, 4.4) asks of a platform, as far as one process shows it. */
describe('ordinary use', () => {
  let muster: TestMuster;

  beforeAll(async () => {
    muster = await TestMuster.start();
  });
  afterAll(() => muster.stop());

  const send = (user: string, event: { name: string; at?: number; key?: string; metadata?: object }) =>
    muster.accept.event(muster.workspaceId, {
      reference: { user_id: user },
      name: event.name,
      createdAt: event.at ?? Math.floor(muster.now),
      metadata: { ...event.metadata },
      dedupeKey: event.key,
    });

  it('keeps a contact in "ever did" when a later event does not match', async () => {
    const ever = await muster.segment('Bought', {
      event: 'bought',
      measure: 'count',
      operator: '>',
      value: 0,
    });
    await muster.user('ever');
    await send('ever', { name: 'bought', metadata: { amount: 99 } });
    await send('ever', { name: 'looked', metadata: { amount: 10 } });
    await muster.settled();
    expect(await muster.members(ever)).toEqual(['ever']);
  });

  it('keeps a contact in "did this OR is that" while either holds', async () => {
    const either = await muster.segment('Either', {
      operator: 'OR',
      value: [
        { event: 'upgraded', measure: 'count', operator: '>', value: 3 },
        { field: 'custom_attributes.plan', operator: '=', value: 'pro' },
      ],
    });
    await muster.user('either', { plan: 'pro' });
    await send('either', { name: 'upgraded' });
    await muster.settled();
    expect(await muster.members(either)).toEqual(['either']);
  });

  it('keeps an event once that was sent twice, and both that differ in their key', async () => {
    const at = Math.floor(muster.now);
    await muster.user('twice');
    for (const key of ['a', 'a', 'b']) await send('twice', { name: 'clicked', at, key });
    await muster.settled();
    expect(await muster.query(`SELECT count FROM event_summary WHERE name = 'clicked'`)).toEqual([
      { count: 2 },
    ]);
  });

  it('keeps the time at which an old event happened', async () => {
    const at = Date.UTC(2018, 4, 1) / 1000;
    await muster.user('old');
    await send('old', { name: 'joined', at });
    await send('old', { name: 'joined', at: at + 4 * 365 * 86_400 });
    await muster.settled();
    expect(
      await muster.query(`SELECT count, first_at, last_at FROM event_summary WHERE name = 'joined'`),
    ).toEqual([
      { count: 2, first_at: new Date('2018-05-01'), last_at: new Date((at + 4 * 365 * 86_400) * 1000) },
    ]);
  });

  it('never lets an older write win over a newer one', async () => {
    const { id } = await muster.user('writer');
    const write = (at: number, v: string) =>
      muster.timed.accept(muster.workspaceId, {
        reference: { id },
        at,
        attributes: { name: v },
        customAttributes: { v },
      });
    await write(muster.now - 10, 'new');
    await write(muster.now - 20, 'old');
    await muster.settled();
    const contact = await muster.finder.find(muster.workspaceId, id);
    expect(contact.customAttributes).toEqual({ v: 'new' });
    expect(contact.attributes['name']).toBe('new');
  });

  it('keeps all of 50 attributes that are written at once, by timed writes and by updates', async () => {
    const { id } = await muster.user('many');
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        i % 2
          ? muster.contacts.update(muster.workspaceId, id, {
              attributes: {},
              customAttributes: { [`key_${i}`]: i },
            })
          : muster.timed.accept(muster.workspaceId, {
              reference: { id },
              at: muster.now,
              attributes: {},
              customAttributes: { [`key_${i}`]: i },
            }),
      ),
    );
    await muster.settled();
    const { customAttributes } = await muster.finder.find(muster.workspaceId, id);
    expect(Object.keys(customAttributes)).toHaveLength(50);
    for (let i = 0; i < 50; i++) expect(customAttributes[`key_${i}`]).toBe(i);
  });

  it('makes one contact when many are made at once under one external id', async () => {
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => muster.user('only-one')));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { id } = await muster.finder.findByExternalId(muster.workspaceId, 'only-one');
    for (const result of made) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'conflict', details: { contact_id: id } });
      }
    }
  });

  it('numbers what happens to a contact without gaps, though many things happen at once', async () => {
    await muster.endpoint('*');
    await muster.user('numbered');
    const at = Math.floor(muster.now) - 200;
    await Promise.all(Array.from({ length: 100 }, (_, i) => send('numbered', { name: 'moved', at: at + i })));
    await muster.settled();
    const told = (await muster.notifications()).filter(
      ({ body }) => body.data.contact?.['external_id'] === 'numbered',
    );
    expect(told.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 101 }, (_, i) => i + 1));
  });

  it('tells of a contact that is made right after its segment', async () => {
    await muster.endpoint('segment.*');
    for (let i = 0; i < 10; i++) {
      const created = muster.segment(`Fresh ${i}`, {
        field: 'custom_attributes.fresh',
        operator: '=',
        value: i,
      });
      await waitFor(
        async () => (await muster.query('SELECT FROM segment WHERE name = $1', [`Fresh ${i}`]))[0],
      );
      await muster.user(`fresh-${i}`, { fresh: i });
      await created;
    }
    await muster.settled();
    const entered = (await muster.notifications()).filter(({ topic }) => topic === 'segment.entered');
    const fresh = entered.filter(({ body }) =>
      String(body.data.contact?.['external_id']).startsWith('fresh-'),
    );
    expect(fresh).toHaveLength(10);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes, type Row } from '#database';
import { type Contact, laneOf } from '#domain';
import { MergeService } from '#pipeline';
import { TestMuster } from '../support/muster.js';

const MONDAY = 1_700_000_000;

describe('a lead that is merged into a user', () => {
  let muster: TestMuster;
  let lead: Contact;
  let user: Contact;

  beforeAll(async () => {
    muster = await TestMuster.start();
    const { workspaceId } = muster;
    lead = await muster.contacts.create(workspaceId, {
      attributes: { role: 'lead', email: 'ada@example.com', name: 'Lead', phone: '+1' },
      customAttributes: { plan: 'trial', source: 'ad' },
    });
    user = await muster.contacts.create(workspaceId, {
      attributes: { external_id: 'ada', name: 'Ada' },
      customAttributes: { plan: 'pro' },
    });
    for (const [contact, at] of [
      [lead, MONDAY],
      [lead, MONDAY - 60],
      [user, MONDAY],
      [user, MONDAY + 60],
    ] as const) {
      await send(contact, 'bought', at);
      await see(contact, at);
    }
    await send(lead, 'only as a lead', MONDAY);
    await see(lead, MONDAY - 86_400);
    await muster.settled();
    await hang(lead, 1);
    await hang(user, 2);
  });
  afterAll(() => muster.stop());

  const send = ({ id }: Contact, name: string, createdAt: number) =>
    muster.accept.event(muster.workspaceId, { reference: { id }, name, createdAt, metadata: {} });
  const see = ({ id }: Contact, createdAt: number) =>
    muster.accept.activity(muster.workspaceId, { reference: { id }, createdAt, platform: 'web' });
  const rows = <T = Row>(columns: string, table: string, { id }: Contact) =>
    muster.query<T>(`SELECT ${columns} FROM ${table} WHERE lane = $1 AND contact_id = $2 ORDER BY 1`, [
      laneOf(id),
      bytes(id),
    ]);

  /** Relation 0 they share, the other is their own. */
  async function hang({ id, workspaceId }: Contact, own: number): Promise<void> {
    const of = [laneOf(id), bytes(id), workspaceId];
    for (const other of [0, own]) {
      await muster.query(
        'INSERT INTO contact_tag (lane, contact_id, workspace_id, tag_id, applied_at) VALUES ($1, $2, $3, $4, now())',
        [...of, other],
      );
      await muster.query(
        `INSERT INTO contact_company (lane, contact_id, workspace_id, company_id, attached_at)
         VALUES ($1, $2, $3, $4, now())`,
        [...of, bytes(String(other).padStart(24, '0'))],
      );
      await muster.query(
        `INSERT INTO contact_subscription
         (lane, contact_id, workspace_id, subscription_type_id, consent_type, decided_at)
         VALUES ($1, $2, $3, $4, $5, now())`,
        [...of, other, own === 1 ? 'opt_in' : 'opt_out'],
      );
    }
    await muster.query(
      'INSERT INTO note (lane, contact_id, workspace_id, body, created_at) VALUES ($1, $2, $3, $4, now())',
      [...of, `note ${own}`],
    );
  }

  it('leaves the user all that it was, had and did, and nothing behind', async () => {
    await muster.endpoint('segment.*');
    const thrice = await muster.segment('Bought three times', {
      event: 'bought',
      measure: 'count',
      operator: '=',
      value: 3,
    });
    const survivor = await muster
      .get(MergeService)
      .merge(muster.workspaceId, { from: lead.id, into: user.id });
    await muster.settled();

    expect(survivor.attributes).toMatchObject({
      external_id: 'ada',
      email: 'ada@example.com',
      email_domain: 'example.com',
      name: 'Ada',
      phone: '+1',
      last_seen_at: MONDAY + 60,
      web_sessions: 2,
    });
    expect({ ...survivor.customAttributes }).toEqual({ plan: 'pro', source: 'ad' });
    expect(survivor.attributeTimes['phone']).toBe(lead.attributeTimes['phone']);
    expect(
      await rows('name, count, extract(epoch FROM first_at)::int AS first', 'event_summary', user),
    ).toEqual([
      { name: 'bought', count: 3, first: MONDAY - 60 },
      { name: 'only as a lead', count: 1, first: MONDAY },
    ]);
    expect(await rows('name', 'event', user)).toHaveLength(4);
    expect(await rows('extract(epoch FROM started_at)::int AS at', 'session', user)).toEqual([
      { at: MONDAY - 86_400 },
      { at: MONDAY - 60 },
    ]);
    expect(await rows('tag_id', 'contact_tag', user)).toEqual([{ tag_id: 0 }, { tag_id: 1 }, { tag_id: 2 }]);
    expect(await rows('company_id', 'contact_company', user)).toHaveLength(3);
    expect(await rows('body', 'note', user)).toEqual([{ body: 'note 1' }, { body: 'note 2' }]);
    expect(await rows('subscription_type_id AS id, consent_type', 'contact_subscription', user)).toEqual([
      { id: 0, consent_type: 'opt_out' },
      { id: 1, consent_type: 'opt_in' },
      { id: 2, consent_type: 'opt_out' },
    ]);
    expect(await muster.members(thrice)).toEqual(['ada']);
    expect((await muster.notifications()).map(({ topic }) => topic)).toEqual(['segment.entered']);
    for (const table of ['event', 'event_summary', 'session', 'contact_tag', 'note', 'segment_membership'])
      expect(await rows('contact_id', table, lead)).toEqual([]);
  });

  it('hands on what is accepted under its old id, and what was on its way', async () => {
    await send(lead, 'after', MONDAY);
    await muster.query(
      `INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload)
       SELECT $1, $2, $3, v.payload ->> 'kind', v.payload FROM unnest($4::jsonb[]) AS v (payload)`,
      [
        laneOf(lead.id),
        muster.workspaceId,
        bytes(lead.id),
        [
          {
            kind: 'event',
            id: '0'.repeat(24),
            name: 'under way',
            createdAt: MONDAY,
            dedupeKey: '',
            metadata: {},
          },
          { kind: 'summary', name: 'under way', count: 3, first: MONDAY - 9, last: MONDAY - 9 },
          { kind: 'attributes', at: MONDAY + 1e7, attributes: {}, customAttributes: { source: 'late' } },
          { kind: 'written', created: true, changed: { name: [null, 'Lead'] } },
          { kind: 'tick', due: MONDAY },
        ].map((update) => JSON.stringify(update)),
      ],
    );
    await muster.settled();

    const counts = await rows<{ name: string; count: number }>('name, count', 'event_summary', user);
    expect(counts.filter(({ name }) => name === 'after' || name === 'under way')).toEqual([
      { name: 'after', count: 1 },
      { name: 'under way', count: 4 },
    ]);
    const now = await muster.finder.find(muster.workspaceId, user.id);
    expect({ ...now.customAttributes }).toEqual({ plan: 'pro', source: 'ad' });
    expect(await muster.query('SELECT FROM inbox_failed')).toEqual([]);
  });

  it('counts what was told of both before, and once what is told again', async () => {
    const { workspaceId } = muster;
    const history = { name: 'long ago', count: 4, first: MONDAY - 900, last: MONDAY - 800 };
    const other = await muster.contacts.create(workspaceId, {
      attributes: { role: 'lead' },
      customAttributes: {},
    });
    await muster.accept.history(workspaceId, { id: other.id }, [history]);
    await muster.settled();
    await muster.get(MergeService).merge(workspaceId, { from: other.id, into: user.id });
    await muster.accept.history(workspaceId, { id: user.id }, [history]);
    await muster.settled();

    expect(await rows('name, count, seeded', 'event_summary', user)).toContainEqual({
      name: 'long ago',
      count: 4,
      seeded: 4,
    });
  });

  it('loses nothing when it goes on meanwhile', async () => {
    const { workspaceId } = muster;
    const other = await muster.contacts.create(workspaceId, {
      attributes: { role: 'lead' },
      customAttributes: {},
    });
    const events = Array.from({ length: 300 }, (_, i) => send(other, 'busy', MONDAY + i));
    const merged = muster.get(MergeService).merge(workspaceId, { from: other.id, into: user.id });
    await Promise.all([...events, merged]);
    await Promise.all(Array.from({ length: 100 }, (_, i) => send(other, 'busy', MONDAY + 300 + i)));
    await muster.settled();

    const counts = await rows<{ name: string; count: number }>('name, count', 'event_summary', user);
    expect(counts).toContainEqual({ name: 'busy', count: 400 });
    expect(await muster.query(`SELECT count(*)::int AS count FROM event WHERE name = 'busy'`)).toEqual([
      { count: 400 },
    ]);
  });
});

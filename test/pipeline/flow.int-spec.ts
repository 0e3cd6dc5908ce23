import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes, Database, MembershipRepository, SegmentRepository } from '#database';
import { TestMuster } from '../support/muster.js';
import { waitFor } from '../support/wait-for.js';

describe('from an accepted update to the outbox', () => {
  let muster: TestMuster;

  beforeAll(async () => {
    muster = await TestMuster.start();
  });
  afterAll(() => muster.stop());

  const event = (user: string, name: string, createdAt: number) =>
    muster.accept.event(muster.workspaceId, {
      reference: { user_id: user },
      name,
      createdAt,
      metadata: { n: 1 },
    });

  it('tells of a contact, its event, and the segment it enters, in order and numbered', async () => {
    await muster.endpoint('*');
    const buyers = await muster.segment('Buyers', {
      operator: 'AND',
      value: [
        { event: 'purchased', measure: 'count', operator: '>=', value: 2 },
        { field: 'custom_attributes.plan', operator: '=', value: 'free' },
      ],
    });
    const ada = await muster.user('ada', { plan: 'free' });
    await event('ada', 'Purchased', 1_700_000_000);
    await event('ada', 'purchased', 1_700_000_000);
    await event('ada', 'purchased', 1_600_000_000);
    await waitFor(async () => (await muster.notifications()).length === 4);
    const told = await muster.notifications();
    expect(told.map(({ topic }) => topic)).toEqual([
      'contact.user.created',
      'event.created',
      'event.created',
      'segment.entered',
    ]);
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(told.map(({ body }) => body.data.sequence)).toEqual([1, 2, 3, 4]);
    expect(told[3]?.body).toMatchObject({
      type: 'segment.entered',
      data: {
        segment: { id: buyers.id, name: 'Buyers' },
        contact: { id: ada.id, external_id: 'ada' },
        reason: 'update',
      },
    });
    expect(await muster.members(buyers)).toEqual(['ada']);
  });

  it('leaves no member of a segment that is removed, not even one that was written at that moment', async () => {
    const removed = await muster.segment('Removed', { field: 'role', operator: '=', value: 'user' });
    const { id } = await muster.user('member');
    const how = { reason: 'rule', crossedAt: muster.now, noticedAt: muster.now } as const;
    const move = { ...how, contactId: id, workspaceId: muster.workspaceId, segmentId: removed.id };
    await waitFor(async () => (await muster.members(removed)).includes('member'));
    await muster.get(SegmentRepository).remove(removed, muster.now);
    await waitFor(async () => (await muster.members(removed)).length === 0);
    await muster.get(Database).transaction((tx) => muster.get(MembershipRepository).enter([move], tx));
    await waitFor(async () => (await muster.members(removed)).length === 0);
  });

  it('makes a contact leave by the clock alone, on the second', async () => {
    const fresh = await muster.segment('Seen in the last minute', {
      field: 'last_seen_at',
      operator: 'less_than_ago',
      value: 1,
      unit: 'minutes',
    });
    await muster.user('bob');
    const seenAt = muster.now - 58;
    await muster.accept.activity(muster.workspaceId, {
      reference: { user_id: 'bob' },
      createdAt: seenAt,
      platform: 'web',
    });
    await waitFor(async () => (await muster.members(fresh)).includes('bob'));
    await waitFor(async () => !(await muster.members(fresh)).includes('bob'));
    const left = (await muster.notifications()).find(({ topic }) => topic === 'segment.left');
    expect(left?.body.data).toMatchObject({ segment: { id: fresh.id }, reason: 'clock' });
    expect(Number(left?.body.data['crossed_at'])).toBeCloseTo(seenAt + 60, 3);
    expect(Number(left?.body.data['noticed_at']) - Number(left?.body.data['crossed_at'])).toBeLessThan(1);
  });

  it('counts web sessions and keeps last seen', async () => {
    const carol = await muster.user('carol');
    const ping = (createdAt: number) =>
      muster.accept.activity(muster.workspaceId, { reference: { id: carol.id }, createdAt, platform: 'web' });
    for (const at of [10_000, 11_000, 16_000, 13_000]) await ping(at);
    await muster.settled();
    expect((await muster.finder.find(muster.workspaceId, carol.id)).attributes).toMatchObject({
      last_seen_at: 16_000,
      web_sessions: 3,
    });
    await ping(14_500);
    await muster.settled();
    expect((await muster.finder.find(muster.workspaceId, carol.id)).attributes['web_sessions']).toBe(2);
  });

  it('works out the members of a segment that comes later, and tells nobody', async () => {
    const before = (await muster.notifications()).length;
    const buyers = await muster.segment('Bought', {
      event: 'purchased',
      measure: 'count',
      operator: '>',
      value: 0,
    });
    expect(await muster.members(buyers)).toEqual(['ada']);
    expect((await muster.notifications()).length).toBe(before);
  });

  it('sets an update aside that cannot be applied, and applies the others', async () => {
    const dora = await muster.user('dora');
    await muster.settled();
    const good = (n: number) => [
      'event',
      { kind: 'event', name: 'fine', createdAt: n, dedupeKey: '', metadata: {} },
    ];
    const rows = [
      good(1),
      ['event', { kind: 'event', name: 'bad', createdAt: 'soon', dedupeKey: '' }],
      good(2),
    ];
    await muster.query(
      `INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload)
       SELECT get_byte($1::bytea, 11), $2, $1, v.kind, v.payload || jsonb_build_object('id', substr(md5(v.payload::text), 1, 24))
       FROM unnest($3::text[], $4::jsonb[]) AS v (kind, payload)`,
      [
        bytes(dora.id),
        muster.workspaceId,
        rows.map(([kind]) => kind),
        rows.map(([, row]) => JSON.stringify(row)),
      ],
    );
    await muster.settled();
    const summaries = await muster.query('SELECT name, count FROM event_summary WHERE contact_id = $1', [
      bytes(dora.id),
    ]);
    expect(summaries).toEqual([{ name: 'fine', count: 2 }]);
    const failed = await muster.query<{ error: string }>('SELECT payload, error FROM inbox_failed');
    expect(failed).toMatchObject([{ payload: { name: 'bad' } }]);
    expect(failed[0]?.error).toMatch(/./);
  });
});

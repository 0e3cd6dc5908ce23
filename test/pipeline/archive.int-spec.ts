import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes } from '#database';
import type { Contact } from '#domain';
import { StandingService } from '#pipeline';
import { TestMuster } from '../support/muster.js';

describe('an archived contact', () => {
  let muster: TestMuster;
  let standing: StandingService;

  beforeAll(async () => {
    muster = await TestMuster.start();
    standing = muster.get(StandingService);
  });
  afterAll(() => muster.stop());

  const buy = (user: string, createdAt: number) =>
    muster.accept.event(muster.workspaceId, {
      reference: { user_id: user },
      name: 'bought',
      createdAt,
      metadata: {},
    });
  const told = async (contact: Contact) => {
    const all = await muster.notifications();
    const about = all.filter(({ body }) => body.data.contact?.['id'] === contact.id);
    return about.map(({ topic, sequence, body }) => [sequence, topic, body.data['reason']]);
  };

  it('leaves its segments, takes events without entering any, and comes back to those it matches then', async () => {
    await muster.endpoint('*');
    const pro = await muster.segment('Pro', { field: 'custom_attributes.plan', operator: '=', value: 'pro' });
    const buyers = await muster.segment('Buyers', {
      event: 'bought',
      measure: 'count',
      operator: '>',
      value: 0,
    });
    const ada = await muster.user('ada', { plan: 'pro' });
    await muster.settled();
    expect(await muster.members(pro)).toEqual(['ada']);

    await standing.archive(muster.workspaceId, ada.id);
    await muster.settled();
    expect(await muster.members(pro)).toEqual([]);

    await buy('ada', 1_700_000_000);
    await muster.contacts.update(muster.workspaceId, ada.id, {
      attributes: { name: 'Ada' },
      customAttributes: {},
    });
    await muster.settled();
    expect(await muster.members(buyers)).toEqual([]);

    await standing.unarchive(muster.workspaceId, ada.id);
    await muster.settled();
    expect([await muster.members(pro), await muster.members(buyers)]).toEqual([['ada'], ['ada']]);
    expect(await told(ada)).toEqual([
      [1, 'contact.user.created', undefined],
      [2, 'segment.entered', 'update'],
      [3, 'segment.left', 'update'],
      [4, 'event.created', undefined],
      [5, 'contact.user.updated', undefined],
      [6, 'segment.entered', 'update'],
      [7, 'segment.entered', 'update'],
    ]);
  });

  it('is passed over by back-fill, and by the clock', async () => {
    const bob = await muster.user('bob');
    const minutely = { field: 'last_seen_at', operator: 'less_than_ago', value: 1, unit: 'minutes' };
    await muster.segment('Seen of late', minutely);
    await muster.accept.activity(muster.workspaceId, { reference: { id: bob.id }, platform: 'web' });
    await muster.settled();
    await standing.archive(muster.workspaceId, bob.id);
    await muster.settled();
    const later = await muster.segment('Everybody', { field: 'role', operator: '=', value: 'user' });

    expect(await muster.members(later)).not.toContain('bob');
    expect(await muster.query('SELECT next_due_at FROM contact WHERE id = $1', [bytes(bob.id)])).toEqual([
      { next_due_at: null },
    ]);
  });

  it('stays away for good once it is blocked', async () => {
    const eve = await muster.user('eve');
    await standing.block(muster.workspaceId, eve.id);

    await expect(standing.unarchive(muster.workspaceId, eve.id)).rejects.toMatchObject({
      code: 'not_restorable',
    });
    expect(await muster.finder.find(muster.workspaceId, eve.id)).toMatchObject({
      archivedAt: expect.any(Number),
      blockedAt: expect.any(Number),
    });
  });
});

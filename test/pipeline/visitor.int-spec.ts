import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VisitorConversion, VisitorService } from '#pipeline';
import { TestMuster } from '../support/muster.js';

describe('a visitor', () => {
  let muster: TestMuster;

  beforeAll(async () => {
    muster = await TestMuster.start();
    await muster.endpoint('*');
  });
  afterAll(() => muster.stop());

  it('is in no segment and not told of, until it is a user: then it is a new one with a past', async () => {
    const everybody = await muster.segment('Visited', {
      event: 'looked',
      measure: 'count',
      operator: '>',
      value: 0,
    });
    const { workspaceId } = muster;
    const visitor = await muster.get(VisitorService).ensure(workspaceId, 'browser-1');
    await muster.accept.event(workspaceId, {
      reference: { id: visitor.id },
      name: 'looked',
      createdAt: 1_700_000_000,
      metadata: {},
    });
    await muster.settled();
    expect((await muster.notifications()).map(({ topic }) => topic)).toEqual(['event.created']);

    await muster.get(VisitorConversion).convert(workspaceId, {
      role: 'user',
      user: { externalId: 'known' },
      visitor: { user_id: 'browser-1' },
    });
    await muster.settled();
    expect(await muster.members(everybody)).toEqual(['known']);
    expect((await muster.notifications()).map(({ topic, sequence }) => [sequence, topic])).toEqual([
      [1, 'event.created'],
      [2, 'contact.user.created'],
      [3, 'segment.entered'],
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes } from '#database';
import type { Segment } from '#database';
import { TestMuster } from '../support/muster.js';

const ORDERS = 20;
const START = 1_700_000_000;

type Send = (muster: TestMuster, user: string) => Promise<unknown>;

const event =
  (name: string, createdAt: number): Send =>
  (muster, user) =>
    muster.accept.event(muster.workspaceId, { reference: { user_id: user }, name, createdAt, metadata: {} });

const activity =
  (createdAt: number): Send =>
  (muster, user) =>
    muster.accept.activity(muster.workspaceId, { reference: { user_id: user }, createdAt, platform: 'web' });

const attributes =
  (at: number, values: Record<string, string | number | null>): Send =>
  (muster, user) =>
    muster.timed.accept(muster.workspaceId, {
      reference: { user_id: user },
      at,
      attributes: { name: `named at ${at}` },
      customAttributes: values,
    });

const history =
  (name: string, count: number, first: number): Send =>
  (muster, user) =>
    muster.accept.history(muster.workspaceId, { user_id: user }, [{ name, count, first, last: START }]);

/** Duplicates, late ones, contradictions, and two writes of one instant. */
const story: Send[] = [
  ...[0, 50, 100, 100, 3_000, 90_000].map((after) => event('purchased', START + after)),
  ...[10, 20].map((after) => event('viewed', START + after)),
  ...[3, 2, 3].map((count) => history('purchased', count, START - count)),
  ...[0, 1_500, 3_000, 5_400, 90_000, 200_000].map((after) => activity(START + after)),
  attributes(START + 10, { plan: 'free', seats: 1 }),
  attributes(START + 20, { plan: 'pro', coupon: 'x' }),
  attributes(START + 20, { plan: 'team' }),
  attributes(START + 30, { coupon: null }),
];

/** A different order for each turn, always the same one. */
const shuffled = (turn: number): Send[] =>
  story
    .map((send, i) => ({ send, key: Math.sin(1 + turn * 977 + i * 131) }))
    .sort((a, b) => a.key - b.key)
    .map(({ send }) => send);

describe('the order of arrival', () => {
  let muster: TestMuster;
  let segments: Segment[];

  beforeAll(async () => {
    muster = await TestMuster.start();
    segments = [
      await muster.segment('Often', { event: 'purchased', measure: 'count', operator: '>=', value: 8 }),
      await muster.segment('Team', { field: 'custom_attributes.plan', operator: '=', value: 'team' }),
      await muster.segment('Long gone', {
        field: 'last_seen_at',
        operator: 'more_than_ago',
        value: 1,
        unit: 'days',
      }),
      await muster.segment('Coupon', { field: 'custom_attributes.coupon', operator: 'has_any_value' }),
    ];
  });
  afterAll(() => muster.stop());

  async function stateOf(user: string) {
    const { id, attributes, customAttributes } = await muster.finder.findByExternalId(
      muster.workspaceId,
      user,
    );
    const { name, last_seen_at, web_sessions } = attributes;
    const of = [bytes(id)];
    const summaries = await muster.query(
      'SELECT name, count, first_at, last_at FROM event_summary WHERE contact_id = $1 ORDER BY 1',
      of,
    );
    const sessions = await muster.query(
      'SELECT platform, started_at, ended_at FROM session WHERE contact_id = $1 ORDER BY 2',
      of,
    );
    const members = await Promise.all(segments.map((segment) => muster.members(segment)));
    return {
      name,
      last_seen_at,
      web_sessions,
      customAttributes,
      summaries,
      sessions,
      inside: members.map((ids) => ids.includes(user)),
    };
  }

  it('makes no difference to where a contact ends', async () => {
    const states: unknown[] = [];
    for (let turn = 0; turn < ORDERS; turn++) {
      const user = `user-${turn}`;
      await muster.user(user);
      for (const [i, send] of shuffled(turn).entries()) {
        await send(muster, user);
        if (i % (2 + (turn % 5)) === 0) await muster.settled();
      }
      await muster.settled();
      states.push(await stateOf(user));
    }
    expect(states[0]).toMatchObject({
      name: `named at ${START + 30}`,
      last_seen_at: START + 200_000,
      web_sessions: 4,
      customAttributes: { plan: 'team', seats: 1 },
      summaries: [
        { name: 'purchased', count: 8 },
        { name: 'viewed', count: 2 },
      ],
      inside: [true, true, true, false],
    });
    for (const state of states) expect(state).toEqual(states[0]);
  });
});

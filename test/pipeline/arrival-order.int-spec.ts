import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes } from '#database';
import type { Segment } from '#database';
import type { ActivityUpdate, Platform } from '#domain';
import { Verifier } from '#pipeline';
import { TestMuster } from '../support/muster.js';

const ORDERS = 20;
const START = 1_700_000_000;

type Send = (muster: TestMuster, user: string) => Promise<unknown>;

const event =
  (name: string, createdAt: number): Send =>
  (muster, user) =>
    muster.accept.event(muster.workspaceId, { reference: { user_id: user }, name, createdAt, metadata: {} });

const activity =
  (createdAt: number, platform: Platform = 'web'): Send =>
  (muster, user) =>
    muster.accept.activity(muster.workspaceId, { reference: { user_id: user }, createdAt, platform });

type Told = Omit<ActivityUpdate, 'kind' | 'createdAt' | 'platform'> & { platform?: Platform };

/** An activity with all that a source may tell of it; some are for a company of the user's own. */
const sight =
  (createdAt: number, { forCompany = false, ...told }: Told & { forCompany?: boolean }): Send =>
  async (muster, user) => {
    const { id } = await muster.finder.findByExternalId(muster.workspaceId, user);
    const companyIds = forCompany ? [(await muster.company(`company of ${user}`)).id] : [];
    await muster.see(id, { createdAt, companyIds, ...told });
  };

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
  ...[0, 15, 30, 60, 61].map((after) => activity(START + after, 'ios')),
  sight(START + 190, { platform: 'ios' }),
  sight(START + 200, { platform: 'ios', startsSession: true }),
  sight(START + 7_000, { platform: 'ios' }),
  sight(START + 7_010, { platform: 'ios', startsSession: true }),
  sight(START + 1_000, { platform: 'android', attributes: { android_device: 'new' } }),
  sight(START + 900, { platform: 'android', attributes: { android_device: 'old', os: 'Android' } }),
  sight(START + 95_000, { forCompany: true, firstTouch: { utm_source: 'ad', utm_term: 'x' } }),
  sight(START - 5_000, { forCompany: true, firstTouch: { referrer: 'https://example.com' } }),
  sight(START - 5_060, {}),
  sight(START + 300_000, { startsSession: true, forCompany: true }),
  sight(START + 299_990, {}),
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
    const { id: _, created_at: __, updated_at: ___, external_id: ____, ...known } = attributes;
    const of = [bytes(id)];
    const { session_count, last_request_at } = (await muster.company(`company of ${user}`)).attributes;
    const summaries = await muster.query(
      'SELECT name, count, first_at, last_at FROM event_summary WHERE contact_id = $1 ORDER BY 1',
      of,
    );
    const sessions = await muster.query(
      `SELECT platform, started_at, ended_at, told, told_from, told_until, cardinality(company_ids) AS companies
       FROM session WHERE contact_id = $1 ORDER BY 1, 2`,
      of,
    );
    const members = await Promise.all(segments.map((segment) => muster.members(segment)));
    return {
      ...known,
      customAttributes,
      company: { session_count, last_request_at },
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
      last_seen_at: START + 300_000,
      ios_last_seen_at: START + 7_010,
      android_last_seen_at: START + 1_000,
      web_sessions: 8,
      ios_sessions: 4,
      android_sessions: 1,
      android_device: 'new',
      os: 'Android',
      referrer: 'https://example.com',
      company: { session_count: 2, last_request_at: START + 300_000 },
      customAttributes: { plan: 'team', seats: 1 },
      summaries: [
        { name: 'purchased', count: 8 },
        { name: 'viewed', count: 2 },
      ],
      inside: [true, true, true, false],
    });
    for (const state of states) expect(state).toEqual(states[0]);
    expect(states[0]).not.toHaveProperty('utm_source');
    expect((await muster.get(Verifier).run()).differences).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  bytes,
  DeliveryRepository,
  InboxRepository,
  type Row,
  ScrollRepository,
  type Transaction,
  UserRepository,
} from '#database';
import { type Contact, laneOf } from '#domain';
import { ErasureService, MergeService } from '#pipeline';
import { Ids } from '#platform';
import { TestMuster } from '../support/muster.js';
import { tracesOf } from '../support/traces.js';

const NOON = 1_700_000_000;

describe('an erased contact', () => {
  let muster: TestMuster;
  let endpointId: string;

  beforeAll(async () => {
    muster = await TestMuster.start();
    endpointId = await muster.endpoint('*');
  });
  afterAll(() => muster.stop());

  const query = <T = Row>(sql: string, parameters: unknown[] = []) => muster.query<T>(sql, parameters);
  const send = (reference: { id: string }, createdAt = NOON) =>
    muster.accept.event(muster.workspaceId, {
      reference,
      name: 'bought',
      createdAt,
      metadata: { to: 'Zaphod' },
    });
  const erase = ({ id }: Contact) => muster.get(ErasureService).erase(muster.workspaceId, id);

  /** A user with a merged lead, events, sessions, relations, an update set aside, and notifications. */
  async function life(): Promise<{ user: Contact; lead: Contact }> {
    const { workspaceId } = muster;
    const attributes = { email: 'zaphod@heart.example', name: 'Zaphod' };
    const lead = await muster.contacts.create(workspaceId, {
      attributes: { ...attributes, role: 'lead' },
      customAttributes: {},
    });
    await send(lead);
    await muster.settled();
    const user = await muster.contacts.create(workspaceId, {
      attributes: { external_id: 'zaphod-42' },
      customAttributes: { ship: 'Zaphod’s' },
    });
    await muster.get(MergeService).merge(workspaceId, { from: lead.id, into: user.id });
    await send(user, NOON + 1);
    await muster.accept.activity(workspaceId, { reference: { id: user.id }, platform: 'web' });
    await muster.segment('Buyers', { event: 'bought', measure: 'count', operator: '>', value: 1 });
    await muster.settled();
    await relate(user);
    return { user, lead };
  }

  async function relate({ id, workspaceId }: Contact): Promise<void> {
    const of = [laneOf(id), bytes(id), workspaceId];
    for (const [table, columns, values] of [
      ['contact_tag', 'tag_id, applied_at', '1, now()'],
      ['contact_company', 'company_id, attached_at', "'1', now()"],
      ['contact_subscription', 'subscription_type_id, consent_type, decided_at', "1, 'opt_in', now()"],
      ['note', 'body, created_at', "'Zaphod called', now()"],
      [
        'inbox_failed',
        'id, kind, payload, accepted_at, error',
        `1, 'event', '{"to": "Zaphod"}', now(), 'bad'`,
      ],
    ])
      await query(
        `INSERT INTO ${table} (lane, contact_id, workspace_id, ${columns}) VALUES ($1, $2, $3, ${values})`,
        of,
      );
  }

  it('leaves no trace in any table, and what was sent of it says nothing', async () => {
    const { user, lead } = await life();
    const texts = ['zaphod', user.id, lead.id];
    const [claim] = await muster.get(DeliveryRepository).claim([{ endpointId, limit: 2 }], 20);
    const [sent, inFlight] = claim?.deliveries ?? [];
    if (!sent || !inFlight) throw new Error('Nothing was there to be sent');
    const outcome = { status: 200, response: `Thank you, ${sent.body}`, durationMs: 1 };
    const arrived = { startedAt: NOON, outcome, verdict: { kind: 'delivered' } as const };
    await muster.get(DeliveryRepository).finish([{ delivery: sent, ...arrived }]);
    expect(Object.keys(await tracesOf(texts, query)).length).toBeGreaterThan(10);

    await erase(user);
    await muster.get(DeliveryRepository).finish([
      { delivery: inFlight, ...arrived },
      { delivery: { ...sent, attempt: 2 }, ...arrived },
    ]);

    expect(await tracesOf(texts, query)).toEqual({});
    expect(await query(`SELECT state FROM delivery`)).toEqual([{ state: 'delivered' }]);
    const [stub] = await query<{ body: string }>('SELECT body FROM notification');
    expect(JSON.parse(stub?.body ?? '')).toEqual({
      type: (JSON.parse(sent.body) as { type: string }).type,
      id: sent.notificationId,
      erased: true,
    });
  });

  it('is unknown from then on, under all its names', async () => {
    const { user, lead } = await life();
    await erase(user);

    for (const reference of [
      { id: user.id },
      { id: lead.id },
      { user_id: 'zaphod-42' },
      { email: 'zaphod@heart.example' },
    ])
      await expect(
        muster.accept.activity(muster.workspaceId, { reference, platform: 'web' }),
      ).rejects.toMatchObject({ code: 'not_found' });
    await expect(erase(user)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not brought back, nor kept, by updates that were accepted before', async () => {
    const user = await muster.user('late');
    await muster.settled();
    const update = {
      kind: 'attributes',
      at: NOON,
      attributes: { name: 'Late' },
      customAttributes: {},
    } as const;
    await erase(user);
    await muster
      .get(InboxRepository)
      .append([{ workspaceId: muster.workspaceId, contactId: user.id, update }]);
    await muster.settled();

    expect(await tracesOf([user.id, '"Late"'], query)).toEqual({});
  });

  it('is no place in a scroll any more, which goes on from there', async () => {
    const users = [
      await muster.user('scroll-1'),
      await muster.user('scroll-2'),
      await muster.user('scroll-3'),
    ];
    const scroll = muster.get(ScrollRepository);
    const { workspaceId } = muster;
    const key = { workspaceId, list: 'users', id: muster.get(Ids).next() } as const;
    const next = async () => {
      const step = (after: string | null, tx: Transaction) =>
        muster.get(UserRepository).after({ workspaceId, after, limit: 1 }, tx);
      return (await scroll.step(key, muster.now, step))?.[0] as Contact;
    };
    await scroll.open(key, muster.now);
    await erase(await muster.user('before the first step'));
    const first = await next();
    await erase(first);

    expect(await tracesOf([first.id], query)).toEqual({});
    expect(users.map(({ id }) => id).filter((id) => id !== first.id)).toContain((await next()).id);
  });

  it('goes while apply is at work on it, and nothing comes back', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, (_, i) => muster.user(`busy-${i}`)));
    const sends = users.flatMap((user) =>
      Array.from({ length: 20 }, (_, i) => send(user, NOON + i).catch(() => undefined)),
    );
    await Promise.all([...sends, ...users.map(erase)]);
    await muster.settled();

    const ids = users.map(({ id }) => id);
    expect(await tracesOf(ids, query)).toEqual({});
    expect(await query('SELECT FROM inbox_failed')).toEqual([]);
  });
});

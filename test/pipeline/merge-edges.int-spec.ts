import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes } from '#database';
import { laneOf, MAX_COMPANIES_OF_CONTACT } from '#domain';
import { MergeService } from '#pipeline';
import { TestMuster } from '../support/muster.js';

const MONDAY = 1_700_000_000;

let muster: TestMuster;
beforeAll(async () => {
  muster = await TestMuster.start();
});
afterAll(() => muster.stop());

const lead = () =>
  muster.contacts.create(muster.workspaceId, { attributes: { role: 'lead' }, customAttributes: {} });
const merge = (from: { id: string }, into: { id: string }) =>
  muster.get(MergeService).merge(muster.workspaceId, { from: from.id, into: into.id });

describe('a key of events', () => {
  const send = ({ id }: { id: string }, createdAt: number, key: string) =>
    muster.accept.event(muster.workspaceId, {
      reference: { id },
      name: 'paid',
      createdAt,
      metadata: {},
      dedupeKey: key,
    });
  const counted = ({ id }: { id: string }) =>
    muster.query(
      `SELECT s.count, (SELECT count(*) FROM event e WHERE e.lane = s.lane AND e.contact_id = s.contact_id) AS events
       FROM event_summary s WHERE s.lane = $1 AND s.contact_id = $2`,
      [laneOf(id), bytes(id)],
    );

  it('is one event, sent again after a merge under either id', async () => {
    const [from, into] = [await lead(), await muster.user('resent')];
    await send(from, MONDAY, 'k');
    await muster.settled();
    await merge(from, into);
    await send(from, MONDAY + 1, 'k');
    await send(into, MONDAY + 2, 'k');
    await muster.settled();
    expect(await counted(into)).toEqual([{ count: 1, events: 1 }]);
  });

  it('is one event, accepted before a merge and applied after it', async () => {
    const [from, into] = [await lead(), await muster.user('overtaken')];
    await muster.settled();
    await Promise.all([send(from, MONDAY, 'k'), merge(from, into), send(from, MONDAY + 1, 'k')]);
    await send(into, MONDAY + 2, 'k');
    await muster.settled();
    expect(await counted(into)).toEqual([{ count: 1, events: 1 }]);
  });

  it('is one event, sent for both at different times before they were merged', async () => {
    const [from, into] = [await lead(), await muster.user('both')];
    for (const [contact, at, key] of [
      [from, MONDAY, 'k'],
      [from, MONDAY, 'only mine'],
      [into, MONDAY + 9, 'k'],
    ] as const)
      await send(contact, at, key);
    await muster.settled();
    await merge(from, into);
    expect(await counted(into)).toEqual([{ count: 2, events: 2 }]);
  });
});

describe('the companies of two contacts', () => {
  /** Companies `from` to `to`, without the companies themselves. */
  const join = ({ id }: { id: string }, from: number, to: number) =>
    muster.query(
      `INSERT INTO contact_company (lane, contact_id, company_id, workspace_id, attached_at)
       SELECT $1, $2, decode(lpad(n::text, 24, '0'), 'hex'), $3, now() FROM generate_series($4::int, $5::int) AS n`,
      [laneOf(id), bytes(id), muster.workspaceId, from, to],
    );
  const companies = async ({ id }: { id: string }) =>
    (await muster.query('SELECT FROM contact_company WHERE contact_id = $1', [bytes(id)])).length;

  it('may come to as many as one may have, those that they share counted once', async () => {
    const [from, into] = [await lead(), await muster.user('full')];
    await join(into, 1, MAX_COMPANIES_OF_CONTACT - 1);
    await join(from, 2, MAX_COMPANIES_OF_CONTACT);
    await merge(from, into);
    expect(await companies(into)).toBe(MAX_COMPANIES_OF_CONTACT);
  });

  it('may not come to more: nothing is merged then', async () => {
    const [from, into] = [await lead(), await muster.user('over')];
    await join(into, 1, MAX_COMPANIES_OF_CONTACT);
    await join(from, MAX_COMPANIES_OF_CONTACT, MAX_COMPANIES_OF_CONTACT + 1);
    await expect(merge(from, into)).rejects.toMatchObject({
      code: 'contact_company_limit_exceeded',
      message: expect.stringContaining(`${MAX_COMPANIES_OF_CONTACT}`),
    });
    expect([await companies(into), await companies(from)]).toEqual([MAX_COMPANIES_OF_CONTACT, 2]);
    expect(await muster.finder.find(muster.workspaceId, from.id)).toMatchObject({ id: from.id });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Verifier } from '#pipeline';
import { TestMuster } from '../support/muster.js';

const MONDAY = 1_700_000_000;

describe('the audit of what is kept', () => {
  let muster: TestMuster;
  let verifier: Verifier;
  let id: string;

  beforeAll(async () => {
    muster = await TestMuster.start();
    const { workspaceId, accept, contacts } = muster;
    verifier = muster.get(Verifier);
    await muster.segment('Buyers', {
      event: 'bought',
      measure: 'last',
      operator: 'less_than_ago',
      value: 30,
      unit: 'days',
    });
    ({ id } = await contacts.create(workspaceId, {
      attributes: { external_id: 'ada', email: 'ada@example.com' },
      customAttributes: {},
    }));
    const now = Math.floor(Date.now() / 1000);
    for (const createdAt of [MONDAY, now - 60])
      await accept.event(workspaceId, { reference: { id }, name: 'bought', createdAt, metadata: {} });
    await accept.history(workspaceId, { id }, [
      { name: 'bought', count: 7, first: MONDAY - 60, last: MONDAY },
    ]);
    for (const createdAt of [MONDAY, MONDAY + 60, MONDAY + 86_400])
      await accept.activity(workspaceId, { reference: { id }, createdAt, platform: 'web' });
    await muster.settled();
  });
  afterAll(() => muster.stop());

  it('finds nothing where nothing was damaged', async () => {
    const { contacts, facts, differences } = await verifier.run();
    expect(differences).toEqual([]);
    expect(contacts).toBe(1);
    expect(facts).toBeGreaterThanOrEqual(9);
  });

  it.each([
    [
      'bought: count',
      'UPDATE event_summary SET count = count + 1',
      'UPDATE event_summary SET count = count - 1',
    ],
    [
      'bought: last',
      `UPDATE event_summary SET last_at = last_at - interval '1 second'`,
      `UPDATE event_summary SET last_at = last_at + interval '1 second'`,
    ],
    ['web_sessions', 'UPDATE contact SET web_sessions = 7', 'UPDATE contact SET web_sessions = 2'],
    [
      'email_domain',
      `UPDATE contact SET attributes = attributes || '{"email_domain": "example.org"}'`,
      `UPDATE contact SET attributes = attributes || '{"email_domain": "example.com"}'`,
    ],
    [
      'external_id',
      `UPDATE contact_identity SET value = 'eve' WHERE value = 'ada'`,
      `UPDATE contact_identity SET value = 'ada' WHERE value = 'eve'`,
    ],
    [
      'next due time',
      `UPDATE contact SET next_due_at = next_due_at + interval '1 year'`,
      `UPDATE contact SET next_due_at = next_due_at - interval '1 year'`,
    ],
  ])('names a damaged %s', async (what, damage, repair) => {
    await muster.query(damage);
    const { differences } = await verifier.run();
    await muster.query(repair);
    expect(differences.map((difference) => difference.what)).toContain(what);
    for (const { of } of differences) expect(of).toBe(`contact ${id}`);
    expect((await verifier.run()).differences).toEqual([]);
  });

  it('names a membership that is missing', async () => {
    const [member] = await muster.query('DELETE FROM segment_membership RETURNING segment_id AS id');
    const { differences } = await verifier.run();
    expect(differences).toEqual([
      {
        of: `contact ${id}`,
        what: `member of segment ${String(member?.['id'])}`,
        stored: false,
        found: true,
      },
    ]);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger } from './ledger.js';
import { summary } from './summary.js';

const SIGNAL = new AbortController().signal;

describe('the ledger of the demo', () => {
  let ledger: Ledger;

  beforeEach(() => {
    ledger = new Ledger();
    ledger.name('ada-1', 'Ada');
    ledger.name('s1', 'Buyers');
  });

  const created = (sequence: number, externalId = 'ada-1') => ({
    type: 'contact.user.created',
    data: { sequence, contact: { external_id: externalId } },
  });
  const arrive = (webhook: ReturnType<typeof created>, overrides: object = {}) =>
    ledger.arrive({ id: 'w1', at: 1_250, verified: true, webhook, ...overrides });

  it('times a webhook from its cause', async () => {
    ledger.expect([['contact.user.created', 'Ada']], 1_000);
    arrive(created(1));
    await ledger.settled(SIGNAL);
    expect(ledger.took).toEqual({ update: [250], clock: [] });
    expect(summary(ledger)).toContain('All 1 expected webhooks arrived');
  });

  it('times a webhook of the clock from the instant of crossing', () => {
    ledger.expect([['segment.left', 'Ada: Buyers, by the clock']], 1_000);
    const data = { ...created(1).data, segment: { id: 's1' }, reason: 'clock' as const, crossed_at: 1.2 };
    ledger.arrive({ id: 'w1', at: 1_250, verified: true, webhook: { type: 'segment.left', data } });
    expect(ledger.took).toEqual({ update: [], clock: [50] });
  });

  it('does not take one webhook for two, nor one about somebody else', async () => {
    ledger.expect([['contact.user.created', 'Ada']], 1_000);
    ledger.expect([['contact.user.created', 'Ada']], 1_000);
    arrive(created(1));
    arrive(created(1));
    arrive(created(2, 'eve'), { id: 'w2' });
    await expect(ledger.settled(SIGNAL)).rejects.toThrow(
      'not arrived within 10 s:\n  contact.user.created  Ada',
    );
  });

  it('is not content with a signature that is not right', () => {
    arrive(created(1), { verified: false });
    expect(() => summary(ledger)).toThrow('signature');
  });

  it('is not content when a number is missing', () => {
    arrive(created(1));
    arrive(created(3), { id: 'w2' });
    expect(() => summary(ledger)).toThrow('about Ada was lost');
  });
});

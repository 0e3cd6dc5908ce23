import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Outcome } from './outcome.js';
import { MAX_RETRY_AFTER, parseRetryAfter } from './retry-after.js';
import { RETRY_DELAYS, verdictOf } from './retry-schedule.js';

const NOW = Date.parse('2026-11-23T12:00:00Z') / 1000;

const answer = (status: number, retryAfter?: string): Outcome => ({
  status,
  retryAfter,
  response: '',
  durationMs: 1,
});
const failure = (error: Extract<Outcome, { error: unknown }>['error']): Outcome => ({
  error,
  message: '',
  durationMs: 1,
});
const verdict = (outcome: Outcome, attempt = 1, chance = 0) => verdictOf(outcome, attempt, NOW, chance);

describe('an attempt', () => {
  it.each([200, 201, 202, 204, 299])('is delivered by a %d', (status) => {
    expect(verdict(answer(status))).toEqual({ kind: 'delivered' });
  });

  it.each([301, 302, 307, 308, 408, 409, 500, 502, 504])('is made again after a %d', (status) => {
    expect(verdict(answer(status))).toEqual({ kind: 'retry', delay: 5 });
  });

  it('is made twelve times over about 76 hours, then the delivery is dead', () => {
    const verdicts = Array.from({ length: 12 }, (_, i) => verdict(answer(500), i + 1));
    expect(verdicts.slice(0, 11)).toEqual(RETRY_DELAYS.map((delay) => ({ kind: 'retry', delay })));
    expect(verdicts[11]).toEqual({ kind: 'dead' });
    expect(RETRY_DELAYS.reduce((a, b) => a + b) / 3600).toBeCloseTo(75.7, 1);
  });

  it.each([400, 401, 403, 404, 413, 415, 422])('is made four times when it is refused with %d', (status) => {
    expect(verdict(answer(status), 3)).toEqual({ kind: 'retry', delay: 120 });
    expect(verdict(answer(status), 4)).toEqual({ kind: 'dead' });
  });

  it('disables an endpoint that is gone', () => {
    expect(verdict(answer(410))).toEqual({ kind: 'dead', disable: expect.stringContaining('410') });
  });

  it.each(['address_denied', 'url_invalid'] as const)('is the last one after %s', (error) => {
    expect(verdict(failure(error))).toEqual({ kind: 'dead' });
  });

  it.each(['connection_failed', 'dns_failed', 'tls_failed'] as const)('is made again after %s', (error) => {
    expect(verdict(failure(error), 2)).toEqual({ kind: 'retry', delay: 30 });
  });

  it('adds up to a fifth to the delay and never takes away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, chance) => {
          const { delay } = verdict(answer(500), attempt, chance) as { delay: number };
          const base = RETRY_DELAYS[attempt - 1] ?? NaN;
          expect(delay).toBeGreaterThanOrEqual(base);
          expect(delay).toBeLessThanOrEqual(base * 1.2 + 1e-9);
        },
      ),
    );
  });

  it('goes by the schedule from its start when a manual retry came before the first automatic attempt', () => {
    expect(verdict(answer(500), 0)).toEqual({ kind: 'retry', delay: 5 });
  });
});

describe('an endpoint that is overrun', () => {
  it('rests as long as the delivery waits, up to a minute, after a timeout or a bare 429', () => {
    expect(verdict(failure('timeout'))).toEqual({ kind: 'retry', delay: 5, restFor: 5 });
    expect(verdict(failure('connect_timeout'), 9)).toMatchObject({ restFor: 60 });
    expect(verdict(answer(429), 2)).toEqual({ kind: 'retry', delay: 30, restFor: 30 });
  });

  it('rests as long as a 429 asks, and the delivery at least as long as planned', () => {
    expect(verdict(answer(429, '90'))).toEqual({ kind: 'retry', delay: 90, restFor: 90 });
    expect(verdict(answer(429, '1'))).toEqual({ kind: 'retry', delay: 5, restFor: 1 });
  });

  it('delays only the delivery when it is unavailable', () => {
    expect(verdict(answer(503, '90'))).toEqual({ kind: 'retry', delay: 90 });
  });

  it('is not asked for its Retry-After with any other status', () => {
    expect(verdict(answer(500, '90'))).toEqual({ kind: 'retry', delay: 5 });
  });

  it('can only delay by its Retry-After', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.string(), (attempt, header) => {
        const hinted = verdict(answer(429, header), attempt) as { delay: number };
        expect(hinted.delay).toBeGreaterThanOrEqual(RETRY_DELAYS[attempt - 1] ?? NaN);
        expect(hinted.delay).toBeLessThanOrEqual(Math.max(MAX_RETRY_AFTER, RETRY_DELAYS[attempt - 1] ?? NaN));
      }),
    );
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    ['  120 ', 120],
    ['00120', 120],
    ['99999999999999999999', MAX_RETRY_AFTER],
    ['Mon, 23 Nov 2026 12:02:00 GMT', 120],
    ['Monday, 23-Nov-26 12:02:00 GMT', 120],
    ['Mon Nov 23 12:02:00 2026', 120],
    ['Mon, 30 Nov 2026 12:00:00 GMT', MAX_RETRY_AFTER],
    ['Mon, 23 Nov 2026 11:59:00 GMT', undefined],
    ['0', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026', 2026],
    ['2026-11-23T12:02:00Z', undefined],
    ['Mon, soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j means %s s', (header, seconds) => {
    expect(parseRetryAfter(header, NOW)).toBe(seconds);
  });

  it('rounds up', () => {
    expect(parseRetryAfter('Mon, 23 Nov 2026 12:02:00 GMT', NOW + 0.5)).toBe(120);
  });
});

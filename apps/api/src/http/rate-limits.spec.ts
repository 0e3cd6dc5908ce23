import { describe, expect, it } from '@jest/globals';
import { configSchema } from '#platform';
import { RateLimits, WINDOW_SECONDS } from './rate-limits.js';

/** Intercom's own figures (reference 10). */
const figures = configSchema.parse({ MUSTER_RATE_LIMIT: 10_000, MUSTER_WORKSPACE_RATE_LIMIT: 25_000 });
const config = { ...figures, DATABASE_URL: '', MUSTER_SECRET_KEY: '' };
const MINUTE = 1_700_000_040;

/** Limits at a time that the test moves. */
function limitsAt(start: number) {
  const clock = { now: () => start };
  return { limits: new RateLimits(config, clock), move: (to: number) => (clock.now = () => to) };
}

describe('the rate limit', () => {
  it('of six windows is exactly that of a minute', () => {
    const { limits, move } = limitsAt(MINUTE);
    const shares = [0, 1, 2, 3, 4, 5].map((window) => {
      move(MINUTE + window * WINDOW_SECONDS);
      return limits.count('a', 1).limit;
    });
    expect(new Set(shares)).toEqual(new Set([1_666, 1_667]));
    expect(shares.reduce((sum, share) => sum + share)).toBe(10_000);
  });

  it('of a token lets through what it says and no more, until the window ends', () => {
    const { limits, move } = limitsAt(MINUTE + 4.5);
    for (let call = 1; call < 1_666; call++) limits.count('a', 1);
    expect(limits.count('a', 1)).toEqual({
      limit: 1_666,
      remaining: 0,
      reset: MINUTE + 10,
      resetIn: 6,
      exceeded: false,
    });
    expect(limits.count('a', 1)).toMatchObject({ remaining: 0, exceeded: true });
    expect(limits.count('b', 1)).toMatchObject({ exceeded: false });
    move(MINUTE + 10);
    expect(limits.count('a', 1)).toMatchObject({ exceeded: false, reset: MINUTE + 20 });
  });

  it('of a workspace holds for all its tokens together', () => {
    const { limits } = limitsAt(MINUTE);
    for (let call = 0; call < 4_166; call++) limits.count(`token ${call % 3}`, 1);
    expect(limits.count('token 0', 1)).toMatchObject({ limit: 4_166, exceeded: true });
    expect(limits.count('token of another', 2)).toMatchObject({ exceeded: false });
  });
});

import { expect, it } from '@jest/globals';
import { throttleOf } from './throttle.js';

/** A throttle at a time that the test moves. */
function throttleAt(now: number) {
  const throttle = throttleOf(() => now);
  return { throttle, move: (seconds: number) => (now += seconds) };
}

it('a ping like one before is held back for a minute, whatever was sent in between', () => {
  const { throttle, move } = throttleAt(1_000);
  expect(throttle('boot', 'a')).toBeUndefined();
  expect(throttle('update', 'b')).toBeUndefined();
  move(59);
  expect(throttle('update', 'a')).toEqual({ sent: false, reason: 'duplicate', retry_after: 1 });
  move(1);
  expect(throttle('update', 'a')).toBeUndefined();
});

it('20 updates pass in 30 minutes, and as many changes of the address beside them; boots are not counted', () => {
  const { throttle, move } = throttleAt(1_000);
  for (let i = 0; i < 20; i++) {
    expect(throttle('update', `update ${i}`)).toBeUndefined();
    expect(throttle('page', `page ${i}`)).toBeUndefined();
    expect(throttle('boot', `boot ${i}`)).toBeUndefined();
    move(10);
  }
  expect(throttle('boot', 'one more')).toBeUndefined();
  expect(throttle('page', 'beyond')).toEqual({ sent: false, reason: 'throttled', retry_after: 1_600 });
  move(1_599);
  expect(throttle('page', 'beyond')).toMatchObject({ reason: 'throttled', retry_after: 1 });
  move(1);
  expect(throttle('page', 'beyond')).toBeUndefined();
  expect(throttle('page', 'next')).toMatchObject({ reason: 'throttled' });
});

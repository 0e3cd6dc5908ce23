import { describe, expect, it } from '@jest/globals';
import { WINDOW } from './window.js';
import { CAP, Windows } from './windows.js';

describe('the windows of a process', () => {
  it('have so many places each', () => {
    const windows = new Windows();
    const window = windows.of('a');
    expect(windows.take(window)).toBe(WINDOW);
    expect(windows.take(window)).toBe(0);
    windows.give(window, 3);
    expect(windows.take(window)).toBe(3);
  });

  it('have no more than the cap together; who finds no place is next in turn', () => {
    const windows = new Windows();
    const full = Array.from({ length: CAP / WINDOW }, (_, i) => windows.of(`full-${i}`));
    for (const window of full) expect(windows.take(window)).toBe(WINDOW);
    const [first, second] = [windows.of('first'), windows.of('second')];
    expect([windows.take(first), windows.take(second)]).toEqual([0, 0]);
    const [some, other] = full;
    if (!some || !other) throw new Error('the cap is smaller than a window');
    expect(windows.give(some, 1)).toBe(first);
    expect(windows.take(first)).toBe(1);
    expect(windows.give(other, 5)).toBe(second);
    expect(windows.take(second)).toBe(5);
    expect(windows.give(some, 1)).toBeUndefined();
  });

  it('of a full window are not waited for: it makes room itself', () => {
    const windows = new Windows();
    const [full, other] = [windows.of('full'), windows.of('other')];
    windows.take(full);
    windows.take(full);
    windows.take(other);
    expect(windows.give(other, 1)).toBeUndefined();
  });

  it('are forgotten when nothing is in flight', () => {
    const windows = new Windows();
    const window = windows.of('a');
    const places = windows.take(window);
    windows.give(window, places - 1);
    expect(windows.of('a')).toBe(window);
    windows.give(window, 1);
    expect(windows.of('a')).not.toBe(window);
  });
});

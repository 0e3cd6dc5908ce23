import { describe, expect, it } from '@jest/globals';
import { WINDOW } from './window.js';
import { CAP, Windows } from './windows.js';

describe('the windows of a process', () => {
  it('have so many places each', () => {
    const windows = new Windows();
    const window = windows.of('a');
    expect(windows.take(window)).toBe(WINDOW);
    expect(windows.take(window)).toBe(0);
    windows.answered(window, 3);
    expect(windows.take(window)).toBe(3);
  });

  it('have no more than the cap in hand together; who finds no place is next in turn', () => {
    const windows = new Windows();
    const full = Array.from({ length: CAP / WINDOW }, (_, i) => windows.of(`full-${i}`));
    for (const window of full) expect(windows.take(window)).toBe(WINDOW);
    const [first, second] = [windows.of('first'), windows.of('second')];
    expect([windows.take(first), windows.take(second)]).toEqual([0, 0]);
    expect(windows.release(1)).toBe(first);
    expect(windows.take(first)).toBe(1);
    expect(windows.release(5)).toBe(second);
    expect(windows.take(second)).toBe(5);
    expect(windows.release(1)).toBeUndefined();
  });

  it('keep what is answered in hand until it is written', () => {
    const windows = new Windows();
    const window = windows.of('a');
    for (let answered = 0; answered < CAP; answered += WINDOW) {
      expect(windows.take(window)).toBe(WINDOW);
      windows.answered(window, WINDOW);
    }
    expect(windows.take(window)).toBe(0);
    expect(windows.release(1)).toBe(window);
    expect(windows.take(window)).toBe(1);
  });

  it('are not waited for when they are full: they make room themselves', () => {
    const windows = new Windows();
    const full = windows.of('full');
    windows.take(full);
    expect(windows.take(full)).toBe(0);
    expect(windows.release(1)).toBeUndefined();
  });

  it('are forgotten when nothing is in flight', () => {
    const windows = new Windows();
    const window = windows.of('a');
    const places = windows.take(window);
    windows.answered(window, places - 1);
    expect(windows.find('a')).toBe(window);
    windows.answered(window, 1);
    expect(windows.find('a')).toBeUndefined();
  });

  it('that are forgotten while they wait have no turn any more, and leave their successors alone', () => {
    const windows = new Windows();
    for (let i = 0; i < CAP / WINDOW; i++) windows.take(windows.of(`full-${i}`));
    const forgotten = windows.of('a');
    windows.take(forgotten);
    windows.forget(forgotten);
    const successor = windows.of('a');
    expect(windows.release(1)).toBeUndefined();
    windows.take(successor);
    windows.forget(forgotten);
    expect(windows.find('a')).toBe(successor);
  });
});

import { describe, expect, it } from '@jest/globals';
import { cutLanes } from './lane-ranges.js';

describe('ranges of lanes', () => {
  it.each([1, 2, 3, 7, 255, 256])('cover every lane once when there are %i', (count) => {
    const ranges = cutLanes(count);
    const lanes = ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    expect(lanes).toEqual(Array.from({ length: 256 }, (_, lane) => lane));
    for (const lane of lanes) {
      const range = ranges[Math.floor((lane * count) / 256)];
      expect(range && range.from <= lane && lane <= range.to).toBe(true);
    }
  });
});

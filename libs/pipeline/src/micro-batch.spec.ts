import { describe, expect, it } from '@jest/globals';
import { MicroBatch } from './micro-batch.js';

const double = async (items: number[]): Promise<number[]> => items.map((item) => item * 2);

describe('a micro-batch', () => {
  it('answers each caller with its own result, from one piece of work for all that came together', async () => {
    const batches: number[][] = [];
    const batch = new MicroBatch<number, number>(async (items) => {
      batches.push(items);
      return double(items);
    });
    expect(await Promise.all([1, 2, 3].map((item) => batch.add(item)))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('holds no more than its limit, and one item however large', async () => {
    const sizes: number[] = [];
    const batch = new MicroBatch<number, number>(
      async (items) => {
        sizes.push(items.reduce((sum, item) => sum + item, 0));
        return items;
      },
      (item) => item,
    );
    await Promise.all([1_600, 400, 1, 3_600, 2].map((item) => batch.add(item)));
    expect(sizes.sort((a, b) => a - b)).toEqual([1, 2, 2_000, 3_600]);
  });

  it('lets only the item fail that makes its batch fail', async () => {
    const batch = new MicroBatch<number, number>(async (items) => {
      if (items.includes(3)) throw new Error('three');
      return double(items);
    });
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => batch.add(item)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('fails as a whole, once, when the store is away', async () => {
    let times = 0;
    const batch = new MicroBatch<number, number>(async () => {
      times++;
      throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    });
    const results = await Promise.allSettled([1, 2, 3].map((item) => batch.add(item)));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(times).toBe(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes, Database, type Transaction } from '#database';
import { laneOf } from '#domain';
import { Ids } from '#platform';
import { TestMuster } from '../support/muster.js';
import { waitFor } from '../support/wait-for.js';

describe('locks that several want', () => {
  let muster: TestMuster;

  beforeAll(async () => {
    muster = await TestMuster.start();
  });
  afterAll(() => muster.stop());

  const database = () => muster.get(Database);
  const locking = (how: string, id: string) => (tx: Transaction) =>
    tx.query(`SELECT FROM contact WHERE lane = $1 AND id = $2 FOR NO KEY UPDATE ${how}`, [
      laneOf(id),
      bytes(id),
    ]);

  async function waiting(count: number): Promise<void> {
    await waitFor(async () => {
      const found = await muster.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return found.length >= count;
    });
  }

  /** Two contacts whose lanes lie the other way round than their ids. */
  async function crossed(): Promise<readonly [string, string]> {
    for (;;) {
      const [first, second] = [
        await muster.user(muster.get(Ids).next()),
        await muster.user(muster.get(Ids).next()),
      ];
      await muster.settled();
      if (laneOf(first.id) > laneOf(second.id)) return [first.id, second.id];
    }
  }

  it('are taken in the order of ids by a back-fill too', async () => {
    const [first, second] = await crossed();
    const { filling } = await database().transaction(async (tx) => {
      await locking('', second)(tx);
      const filling = muster.segment('All', { field: 'role', operator: '=', value: 'user' });
      await waiting(1);
      await expect(database().transaction(locking('NOWAIT', first))).rejects.toMatchObject({ code: '55P03' });
      return { filling };
    });
    await filling;
  });
});

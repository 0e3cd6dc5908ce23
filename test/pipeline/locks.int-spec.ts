import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes, Database, type Transaction } from '#database';
import { laneOf } from '#domain';
import { Ids } from '#platform';
import { TestMuster } from '../support/muster.js';
import { waitFor } from '../support/wait-for.js';

/** Lanes that two workers or fewer have in one range. */
const HALF_OF_LANES = 128;

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

  /** Two contacts whose lanes lie the other way round than their ids, and both in the lower half. */
  async function crossed(): Promise<readonly [string, string]> {
    for (;;) {
      const [first, second] = [
        await muster.user(muster.get(Ids).next()),
        await muster.user(muster.get(Ids).next()),
      ];
      if (laneOf(first.id) > laneOf(second.id) && laneOf(first.id) < HALF_OF_LANES)
        return [first.id, second.id];
    }
  }

  it('are taken in the order of ids by a back-fill too', async () => {
    const [first, second] = await crossed();
    await muster.settled();
    const { filling } = await database().transaction(async (tx) => {
      await locking('', second)(tx);
      const filling = muster.segment('All', { field: 'role', operator: '=', value: 'user' });
      await waiting(1);
      await expect(database().transaction(locking('NOWAIT', first))).rejects.toMatchObject({ code: '55P03' });
      return { filling };
    });
    await filling;
  });

  describe('each holding what the other wants', () => {
    /**
     * Holds what `hold` locks until `work`, which has locked something else first, waits for it; then asks for that.
     * Who waited first is made to give way.
     */
    async function meeting<T>(
      work: () => Promise<T>,
      { hold, want }: Record<'hold' | 'want', (tx: Transaction) => Promise<unknown>>,
    ): Promise<T> {
      const { running } = await database().transaction(async (tx) => {
        await hold(tx);
        const running = work();
        running.catch(() => undefined);
        await waiting(1);
        await want(tx);
        return { running };
      });
      return running;
    }

    it('let apply give way, and lose nothing', async () => {
      const [first, second] = await crossed();
      await muster.settled();
      const at = Math.floor(muster.now);
      const event = (id: string) => ({ reference: { id }, name: 'met', createdAt: at, metadata: {} });
      await meeting(() => muster.accept.events(muster.workspaceId, [event(first), event(second)]), {
        hold: locking('', second),
        want: locking('', first),
      });
      await muster.settled();
      expect(await muster.query(`SELECT count FROM event_summary WHERE name = 'met'`)).toEqual([
        { count: 1 },
        { count: 1 },
      ]);
      expect(await muster.query('SELECT FROM inbox_failed')).toEqual([]);
    });

    it('let a back-fill give way, and miss nobody', async () => {
      const [first, second] = await crossed();
      await muster.settled();
      const segment = await meeting(
        () => muster.segment('Met', { field: 'id', operator: 'IN', value: [first, second] }),
        { hold: locking('', second), want: locking('', first) },
      );
      expect(await muster.members(segment)).toHaveLength(2);
    });

    it('let a call give way, and answer as if nothing had been', async () => {
      const { id } = await muster.user('swap-a');
      const other = await muster.user('swap-b');
      const name = (value: string) => (tx: Transaction) =>
        tx.query('SELECT FROM contact_identity WHERE value = $1 FOR UPDATE', [value]);
      const written = { attributes: { external_id: 'swap-b' }, customAttributes: {} };
      await expect(
        meeting(() => muster.contacts.update(muster.workspaceId, id, written), {
          hold: name('swap-b'),
          want: name('swap-a'),
        }),
      ).rejects.toMatchObject({ code: 'conflict', details: { contact_id: other.id } });
    });
  });
});

import { bytes, type Transaction } from '#database';
import { laneOf } from '#domain';
import type { TestDatabase } from './database.js';
import { waitFor } from './wait-for.js';

/**
 * Commits a change only when `work`, which began after it, waits for it.
 * @returns what became of the work
 */
export async function whileUncommitted<T>(
  { database }: TestDatabase,
  change: (tx: Transaction) => Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  const { running } = await database.transaction(async (tx) => {
    await change(tx);
    const running = work();
    await waitFor(async () => {
      const waiting = await database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    return { running };
  });
  return running;
}

/** The contact is gone, whatever hangs on it. */
export const deletionOf = (contactId: string) => (tx: Transaction) =>
  tx.query('DELETE FROM contact WHERE lane = $1 AND id = $2', [laneOf(contactId), bytes(contactId)]);

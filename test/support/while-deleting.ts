import { bytes } from '#database';
import { laneOf } from '#domain';
import type { TestDatabase } from './database.js';
import { waitFor } from './wait-for.js';

/**
 * Deletes a contact, and commits that only when `work`, which began in between, waits for it.
 * @returns what became of the work
 */
export async function whileDeleting<T>(
  { database }: TestDatabase,
  contactId: string,
  work: () => Promise<T>,
): Promise<T> {
  return database
    .transaction(async (tx) => {
      await tx.query('DELETE FROM contact WHERE lane = $1 AND id = $2', [
        laneOf(contactId),
        bytes(contactId),
      ]);
      const running = work();
      await waitFor(async () => {
        const waiting = await database.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      });
      return { running };
    })
    .then(({ running }) => running);
}

/**
 * Classes of SQLSTATE that say nothing about the statement: connection (08), transaction rollback (40), resources (53),
 * intervention (57), system (58); and lock_not_available.
 */
const TRANSIENT = /^(08|40|53|57|58|55P03)/;

/** Whether an error is the store's, not the statement's: the same work may succeed later. */
export function isTransient(error: unknown): boolean {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') return error instanceof Error && isLostConnection(error);
  return TRANSIENT.test(code) || /^E[A-Z]+$/.test(code);
}

/** node-postgres gives no code when a connection ends under a statement, or when none is to be had in time. */
const isLostConnection = (error: Error): boolean =>
  /connection|timeout exceeded when trying to connect/i.test(error.message);

/** Whether a statement was stopped because it took longer than it was given. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '57014';

/** Whether a transaction was rolled back for another one's sake, with whom it waited in a circle. */
export const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '40P01';

import { DomainError } from '#domain';

/** Enough for whoever loses to find what the winner wrote; who still loses is told of the conflict. */
const ATTEMPTS = 3;

/**
 * Does again what another call has got in the way of: it took a name first, or the contact is gone since it was looked
 * for. Each attempt is a transaction of its own.
 */
export async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS - 1; left > 0; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLostRace(error)) throw error;
    }
  }
  return attempt();
}

function isLostRace(error: unknown): boolean {
  if (!(error instanceof DomainError)) return false;
  const { code, details } = error;
  return code === 'not_found' || (code === 'conflict' && 'contact_id' in details && !('archived' in details));
}

import { Redis } from 'ioredis';
import { messageOf, StartError } from '#platform';

/**
 * BullMQ would wait for ever for a Redis that is not there. Without `REDIS_URL` there is nothing to ask.
 * @throws {StartError} when it does not answer
 */
export async function assertRedis(url: string | undefined): Promise<void> {
  if (!url) return;
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: unknown;
  client.on('error', (error) => (failure = error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw new StartError(
      `cannot connect to Redis at ${new URL(url).host} (${messageOf(failure ?? error)}): start it, or correct REDIS_URL`,
    );
  } finally {
    client.disconnect();
  }
}

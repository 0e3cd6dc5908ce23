import { createPostgresBackend, createRedisBackend, Queue, Worker } from 'bullmq';

const QUEUE = 'inbound';

/** How long the job of a worker that is about to die stays locked, in milliseconds. */
const LOCK_MS = 100;

/** The queue `inbound` as another service has it, which knows BullMQ and where Muster's queues live. */
export function serviceQueue(databaseUrl: string, redisUrl?: string): Queue {
  const queue = redisUrl
    ? new Queue(QUEUE, { connection: { url: redisUrl } }, createRedisBackend)
    : new Queue(QUEUE, { connection: { connectionString: databaseUrl } }, createPostgresBackend);
  return queue as unknown as Queue;
}

/** Takes the next job as a worker that is killed before it has done anything. Answers with the job's id. */
export async function takeAndDie(databaseUrl: string, redisUrl?: string): Promise<string | undefined> {
  const how = { lockDuration: LOCK_MS, skipStalledCheck: true };
  const worker = redisUrl
    ? new Worker(QUEUE, null, { ...how, connection: { url: redisUrl } }, createRedisBackend)
    : new Worker(
        QUEUE,
        null,
        { ...how, connection: { connectionString: databaseUrl } },
        createPostgresBackend,
      );
  const job = await worker.getNextJob('its token');
  await worker.close(true);
  return job?.id;
}

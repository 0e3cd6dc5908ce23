import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { DomainError, InvalidInput } from '#domain';
import { JobHandler } from './job-handler.js';
import type { JobName } from './jobs.js';

/** How long a message rests when a store is away, in milliseconds: at first, then twice as long each time, at most. */
const FIRST_REST_MS = 1_000;
const MOST_REST_MS = 30_000;

/** A message of another service, and when it was added, in unix seconds. The same message again has the same id. */
export interface Message {
  readonly id: string;
  readonly at: number;
  readonly data: unknown;
}

/**
 * Takes messages, each at least once. One that is refused fails at once, for good, and is kept with the reason; one that
 * comes while a store is away (`service_unavailable`) rests and comes again until it is back, however often.
 */
export abstract class MessageProcessor<N extends JobName> extends JobHandler<N> {
  /** Throws a {@link DomainError} or {@link InvalidInput} that says why the message is refused. */
  abstract take(message: Message): Promise<void>;

  async process(job: Job, token?: string): Promise<void> {
    try {
      await this.take(messageOf(job));
    } catch (error) {
      if (error instanceof DomainError && error.code === 'service_unavailable') {
        await job.moveToDelayed(Date.now() + restMs(job.attemptsStarted), token);
        throw new DelayedError();
      }
      const refused = error instanceof DomainError || error instanceof InvalidInput;
      throw refused ? new UnrecoverableError(error.message) : error;
    }
  }
}

/** An id that the queue counted out begins anew when the queue is lost, so it is one only together with its time. */
function messageOf({ id = '', timestamp, data }: Job): Message {
  const counted = /^\d+$/.test(id);
  return { id: counted ? `${id}@${timestamp}` : id, at: Math.floor(timestamp / 1000), data };
}

const restMs = (starts: number): number => Math.min(FIRST_REST_MS * 2 ** (starts - 1), MOST_REST_MS);

import { z } from 'zod';

/** A range of lanes, both ends included. */
const laneRange = z.object({
  from: z.int().min(0).max(255),
  to: z.int().min(0).max(255),
});

/**
 * Every job there is: where it waits, what it carries, and the key under which a flood of it collapses into one
 * active and one waiting job. A job only says where there is work; Postgres says what the work is. But a job of
 * `inbound` is a message of another service: it has no key, and what it carries is all there is of it until it is taken
 * in.
 */
export const jobs = {
  'apply.lanes': {
    queue: 'apply',
    data: laneRange,
    key: (data: { from: number; to: number }) => `${data.from}-${data.to}`,
    concurrency: 8,
  },
  'backfill.segment': {
    queue: 'backfill',
    data: z.object({ segmentId: z.string() }),
    key: (data: { segmentId: string }) => data.segmentId,
    concurrency: 1,
  },
  'deliver.endpoint': {
    queue: 'deliver',
    data: z.object({ endpointId: z.string() }),
    key: (data: { endpointId: string }) => data.endpointId,
    concurrency: 64,
  },
  'export.data': {
    queue: 'export',
    data: z.object({ exportId: z.string() }),
    key: (data: { exportId: string }) => data.exportId,
    concurrency: 1,
  },
  'inbound.items': {
    queue: 'inbound',
    // Others write it, so whoever takes it says what is wrong with it.
    data: z.unknown(),
    concurrency: 16,
  },
} as const;

export type JobName = keyof typeof jobs;
export type JobData<N extends JobName> = z.infer<(typeof jobs)[N]['data']>;
/** The jobs that only say where there is work. */
export type HintName = Exclude<JobName, 'inbound.items'>;
export type LaneRange = z.infer<typeof laneRange>;

/** Hints of one key are for one job at a time. */
export function keyOf<N extends HintName>(name: N, data: JobData<N>): string {
  return `${name} ${(jobs[name].key as (data: JobData<N>) => string)(data)}`;
}

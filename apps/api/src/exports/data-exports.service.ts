import { Injectable } from '@nestjs/common';
import { type DataExport, DataExportRepository, type ExportRange } from '#database';
import { DomainError, type Id, isId } from '#domain';
import { Ids } from '#platform';
import { JobProducer } from '#queue';

/** Exports, one at a time in each workspace. All but `create` throw `job_not_found`. */
@Injectable()
export class DataExports {
  constructor(
    private readonly exports: DataExportRepository,
    private readonly jobs: JobProducer,
    private readonly ids: Ids,
  ) {}

  /** Throws `rate_limit_exceeded` while the workspace has another one at work. */
  async create(workspaceId: number, range: ExportRange): Promise<DataExport> {
    const created = await this.exports.create({ workspaceId, id: this.ids.next() }, range);
    if (!created) {
      const message = 'Exceeded rate limit of 1 pending message data export jobs: wait for it, or cancel it';
      throw new DomainError('rate_limit_exceeded', message);
    }
    this.jobs.hint('export.data', { exportId: created.id });
    return created;
  }

  async find(workspaceId: number, id: string): Promise<DataExport> {
    const job = isId(id) ? await this.exports.find({ workspaceId, id }) : undefined;
    if (!job) throw new DomainError('job_not_found', `There is no job with the id ${id}`);
    return job;
  }

  /** Throws `conflict` when the job has ended otherwise. */
  async cancel(workspaceId: number, id: string): Promise<DataExport> {
    const { id: known } = await this.find(workspaceId, id);
    const job = (await this.exports.cancel({ workspaceId, id: known })) ?? (await this.find(workspaceId, id));
    if (job.state !== 'canceled')
      throw new DomainError('conflict', `The job has ended already: it is ${job.state}`);
    return job;
  }

  /** The gzipped file, and its size in bytes. Throws `not_found` while there is none, and when it has expired. */
  async file(workspaceId: number, id: Id): Promise<{ size: number; content: AsyncGenerator<Buffer> }> {
    const { state, expired, size } = await this.find(workspaceId, id);
    if (state !== 'completed') throw new DomainError('not_found', `There is no file: the job is ${state}`);
    if (expired) throw new DomainError('not_found', 'The file has expired: export it again');
    return { size, content: this.exports.content(id) };
  }
}

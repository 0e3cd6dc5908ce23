import type { DataExportAnswer, JobAnswer } from '#contracts';
import type { DataExport } from '#database';

/** An export on the wire, under the server's `baseUrl`. */
export function dataExportObject(job: DataExport, baseUrl: string): DataExportAnswer {
  const { id, state, expired, expiresAt } = job;
  const available = state === 'completed' && !expired;
  return {
    job_identifier: id,
    status: state,
    download_url: available ? `${baseUrl}/download/content/data/${id}` : '',
    download_expires_at: expiresAt === null ? '' : String(Math.floor(expiresAt)),
  };
}

const JOB_STATUS = {
  pending: 'pending',
  in_progress: 'pending',
  completed: 'success',
  no_data: 'success',
  failed: 'failed',
  canceled: 'failed',
} as const;

/** The same as a job. */
export function jobObject({ id, state }: DataExport, baseUrl: string): JobAnswer {
  return {
    type: 'job',
    id,
    url: `${baseUrl}/jobs/status/${id}`,
    status: JOB_STATUS[state],
    resource_type: 'data_export',
    resource_id: id,
    resource_url: `${baseUrl}/export/content/data/${id}`,
  };
}

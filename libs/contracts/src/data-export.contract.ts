import { z } from 'zod';
import { seconds } from './values.js';

/** `POST /export/content/data`: what was told from `created_at_after` to `created_at_before`, both included. */
export const createDataExport = z
  .strictObject({ created_at_after: seconds, created_at_before: seconds }, 'expected an object')
  .refine((range) => range.created_at_after <= range.created_at_before, {
    path: ['created_at_after'],
    message: 'expected not to be after created_at_before',
  });

/** `download_url` and `download_expires_at`, unix seconds in a string as Intercom has them, are empty without a file. */
export const dataExportAnswer = z.object({
  job_identifier: z.string(),
  status: z.enum(['pending', 'in_progress', 'completed', 'failed', 'no_data', 'canceled']),
  download_url: z.string(),
  download_expires_at: z.string(),
});

/** `GET /jobs/status/{id}` */
export const jobAnswer = z.object({
  type: z.literal('job'),
  id: z.string(),
  url: z.string(),
  status: z.enum(['pending', 'success', 'failed']),
  resource_type: z.string(),
  resource_id: z.string(),
  resource_url: z.string(),
});

/** `GET /export/reporting_data/get_datasets`: there are none. */
export const datasetList = z.object({ type: z.literal('list'), data: z.array(z.never()) });

export type CreateDataExportBody = z.output<typeof createDataExport>;
export type DataExportAnswer = z.output<typeof dataExportAnswer>;
export type JobAnswer = z.output<typeof jobAnswer>;

import { afterAll, beforeAll, expect } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { isNotThere, NOTHING_THERE, testMethods, TestSdk } from '../support/test-sdk.js';
import { waitFor } from '../support/wait-for.js';

let make: TestSdk;
let sdk: IntercomClient;
beforeAll(async () => {
  make = await TestSdk.start();
  sdk = make.client;
});
afterAll(() => make.api.close());

const AT = 1_700_000_000;

const anExport = async (): Promise<string> =>
  (await sdk.dataExport.create({ created_at_after: 1, created_at_before: 2 })).job_identifier ?? '';

const whenExported = (job_identifier: string, status: string) =>
  waitFor(async () => (await sdk.dataExport.find({ job_identifier })).status === status || undefined);

testMethods(() => sdk, {
  events: {
    create: async () => {
      const id = await make.user();
      await sdk.events.create({ id, event_name: 'bought', created_at: AT });
      expect(await make.summaries({ type: 'user', intercom_user_id: id })).toMatchObject([
        { name: 'bought', count: 1 },
      ]);
    },
    list: async () => {
      const email = make.address();
      const id = await make.user({ email });
      await sdk.events.create({ id, event_name: 'bought', created_at: AT, metadata: { sum: '3' } });
      await make.summaries({ type: 'user', email });
      expect(await sdk.events.list({ type: 'user', email })).toMatchObject({
        type: 'event.list',
        events: [{ event_name: 'bought', created_at: AT, metadata: { sum: '3' } }],
      });
    },
    summaries: async () => {
      const user_id = make.fresh('user');
      await make.user({ external_id: user_id });
      await sdk.events.summaries({
        user_id,
        event_summaries: { event_name: 'seen', count: 3, first: 1, last: 2 },
      });
      expect(await make.summaries({ type: 'user', user_id })).toMatchObject([{ name: 'seen', count: 3 }]);
    },
  },
  dataAttributes: {
    create: async () => {
      const attribute = { name: make.fresh('attribute'), model: 'company', data_type: 'integer' } as const;
      expect(await sdk.dataAttributes.create(attribute)).toMatchObject({ ...attribute, custom: true });
    },
    list: async () => {
      const made = await make.attribute();
      const { data } = await sdk.dataAttributes.list({ model: 'company' });
      expect(data).toContainEqual(made);
      expect(data).toContainEqual(expect.objectContaining({ name: 'company_id', custom: false }));
    },
    update: async () => {
      const { id = 0 } = await make.attribute();
      const updated = await sdk.dataAttributes.update({ data_attribute_id: id, body: { archived: true } });
      expect(updated).toMatchObject({ id, archived: true });
      expect((await sdk.dataAttributes.list()).data).not.toContainEqual(updated);
    },
  },
  dataExport: {
    create: async () => {
      const job = await sdk.dataExport.create({ created_at_after: 1, created_at_before: 2 });
      expect(job).toMatchObject({ status: 'pending', download_url: '' });
      await whenExported(job.job_identifier ?? '', 'no_data');
    },
    find: async () => {
      const job_identifier = await anExport();
      await whenExported(job_identifier, 'no_data');
      expect(await sdk.dataExport.find({ job_identifier })).toMatchObject({ job_identifier });
    },
    cancel: async () => {
      const job_identifier = await anExport();
      await whenExported(job_identifier, 'no_data');
      await expect(sdk.dataExport.cancel({ job_identifier })).rejects.toMatchObject({ statusCode: 409 });
    },
    download: async () => {
      const job_identifier = await anExport();
      await whenExported(job_identifier, 'no_data');
      await expect(sdk.dataExport.download({ job_identifier })).rejects.toMatchObject(NOTHING_THERE);
    },
    exportReportingData: () =>
      isNotThere(sdk.dataExport.exportReportingData({ job_identifier: 'x', app_id: 'demo', client_id: 'c' })),
    downloadReportingDataExport: () =>
      isNotThere(sdk.dataExport.downloadReportingDataExport({ job_identifier: 'x', app_id: 'demo' })),
  },
  export: {
    listAvailableDatasetsAndAttributes: async () => {
      expect(await sdk.export.listAvailableDatasetsAndAttributes()).toEqual({ type: 'list', data: [] });
    },
    enqueueANewReportingDataExportJob: async () => {
      const asked = { dataset_id: 'conversation', attribute_ids: ['id'], start_time: 1, end_time: 2 };
      await expect(sdk.export.enqueueANewReportingDataExportJob(asked)).rejects.toMatchObject({
        statusCode: 400,
      });
    },
  },
  jobs: {
    status: async () => {
      const job_id = await anExport();
      await whenExported(job_id, 'no_data');
      expect(await sdk.jobs.status({ job_id })).toMatchObject({ type: 'job', id: job_id, status: 'success' });
    },
  },
  admins: {
    identify: async () => {
      expect(await sdk.admins.identify()).toMatchObject({
        type: 'admin',
        app: { type: 'app', id_code: 'demo' },
      });
    },
    list: async () => {
      expect((await sdk.admins.list()).admins).toMatchObject([{ type: 'admin', id: await make.me() }]);
    },
    find: async () => {
      const id = await make.me();
      expect(await sdk.admins.find({ admin_id: Number(id) })).toMatchObject({ type: 'admin', id });
    },
    away: () =>
      isNotThere(sdk.admins.away({ admin_id: 1, away_mode_enabled: true, away_mode_reassign: false })),
    listAllActivityLogs: () => isNotThere(sdk.admins.listAllActivityLogs({ created_at_after: '1' })),
  },
});

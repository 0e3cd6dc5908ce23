import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Intercom, IntercomClient } from 'intercom-client';
import { dataExportAnswer, jobAnswer } from '#contracts';
import { bytes } from '#database';
import { ApplyModule, DueModule, ExportModule } from '#pipeline';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { otherWorkspace } from '../../../../test/support/other-workspace.js';
import { sdkOf } from '../../../../test/support/sdk.js';
import { waitFor } from '../../../../test/support/wait-for.js';

const now = () => Math.floor(Date.now() / 1000);
const today = () => ({ created_at_after: now() - 86_400, created_at_before: now() + 60 });

describe('an export that nobody works on', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi();
  });
  beforeEach(() => api.store.database.query('DELETE FROM data_export'));
  afterAll(() => api.close());

  const create = () => api.send('post', '/export/content/data').send(today());
  const set = (id: string, change: string) =>
    api.store.database.query(`UPDATE data_export SET ${change} WHERE id = $1`, [bytes(id)]);
  const download = (id: string) => api.send('get', `/download/content/data/${id}`);

  it('is pending, without a file', async () => {
    const { status, body } = await create();
    const { job_identifier: id } = dataExportAnswer.parse(body);

    expect(status).toBe(200);
    expect(body).toEqual({
      job_identifier: expect.stringMatching(/^[0-9a-f]{24}$/),
      status: 'pending',
      download_url: '',
      download_expires_at: '',
    });
    expect((await api.send('get', `/export/content/data/${id}`)).body).toEqual(body);
    expect((await download(id)).body.errors).toMatchObject([{ code: 'not_found' }]);
  });

  it('is the only one of its workspace', async () => {
    const [first, second] = await Promise.all([create(), create()]);
    const refused = first.status === 429 ? first : second;

    expect([first.status, second.status].sort()).toEqual([200, 429]);
    expect(refused.body.errors).toMatchObject([
      { code: 'rate_limit_exceeded', message: expect.stringMatching(/^Exceeded rate limit of 1 pending/) },
    ]);
  });

  it('can be canceled, once and for all, and makes room', async () => {
    const { job_identifier: id } = (await create()).body;
    const canceled = await api.send('post', `/export/cancel/${id}`);
    const again = await api.send('post', `/export/cancel/${id}`);

    expect(canceled.body).toMatchObject({ job_identifier: id, status: 'canceled' });
    expect(again.body).toEqual(canceled.body);
    expect((await create()).status).toBe(200);
  });

  it('cannot be canceled when it has ended', async () => {
    const { job_identifier: id } = (await create()).body;
    await set(id, `state = 'no_data'`);
    const answer = await api.send('post', `/export/cancel/${id}`);

    expect([answer.status, answer.body.errors[0].message]).toEqual([409, expect.stringContaining('no_data')]);
  });

  it('has a link for as long as its file is kept', async () => {
    const { job_identifier: id } = (await create()).body;
    await set(id, `state = 'completed', expires_at = now() + interval '1 minute'`);
    const kept = await api.send('get', `/export/content/data/${id}`);
    await set(id, `expires_at = now()`);
    const expired = await api.send('get', `/export/content/data/${id}`);

    expect(kept.body).toMatchObject({
      status: 'completed',
      download_url: `${await api.app.getUrl()}/download/content/data/${id}`,
      download_expires_at: expect.stringMatching(/^\d{10}$/),
    });
    expect(expired.body).toMatchObject({ status: 'completed', download_url: '' });
    expect((await download(id)).body.errors[0]).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('expired'),
    });
  });

  it.each([
    ['pending', 'pending'],
    ['in_progress', 'pending'],
    ['completed', 'success'],
    ['no_data', 'success'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('that is %s is, as a job, a %s', async (state, status) => {
    const { job_identifier: id } = (await create()).body;
    await set(id, `state = '${state}'`);
    const { body } = await api.send('get', `/jobs/status/${id}`);

    expect(jobAnswer.parse(body)).toMatchObject({
      id,
      status,
      resource_type: 'data_export',
      resource_id: id,
    });
  });

  it.each<[string, object, string]>([
    ['without an end', { created_at_after: 1 }, 'created_at_before'],
    ['in milliseconds', { created_at_after: 1, created_at_before: 1.7e12 }, 'created_at_before'],
    ['backwards', { created_at_after: 2, created_at_before: 1 }, 'created_at_after'],
    ['with an unknown key', { created_at_after: 1, created_at_before: 2, topic: 'x' }, 'topic'],
  ])('%s is refused', async (_, body, field) => {
    const answer = await api.send('post', '/export/content/data').send(body);

    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });

  it.each([
    ['get', '/export/content/data/'],
    ['post', '/export/cancel/'],
    ['get', '/download/content/data/'],
    ['get', '/jobs/status/'],
  ] as const)('is not found by another workspace, or by no id: %s %s', async (method, path) => {
    const { send: other } = await otherWorkspace(api);
    const { job_identifier: id } = (await create()).body;
    const answers = [await other(method, path + id), await api.send(method, `${path}nothing`)];

    expect(answers.map(({ status, body }) => [status, body.errors[0].code])).toEqual([
      [404, 'job_not_found'],
      [404, 'job_not_found'],
    ]);
  });

  it.each([
    ['application/octet-stream', 404],
    ['application/*', 404],
    ['application/json', 406],
  ])('is a file: who accepts %s is answered %i', async (accept, status) => {
    expect((await download('nothing').set('accept', accept)).status).toBe(status);
  });
});

describe('the official SDK', () => {
  let api: TestApi;
  let sdk: IntercomClient;
  beforeAll(async () => {
    api = await testApi({
      modules: [ApplyModule, DueModule, ExportModule],
      jobs: ['apply.lanes', 'export.data'],
    });
    sdk = await sdkOf(api);
  });
  afterAll(() => api.close());

  const ended = (job_identifier: string) =>
    waitFor(async () => {
      const job = await sdk.dataExport.find({ job_identifier });
      return job.status === 'pending' || job.status === 'in_progress' ? undefined : job;
    });

  it('exports what was told about whom, and reads the job meanwhile', async () => {
    await api.send('post', '/endpoints').send({ url: 'https://example.com', topics: ['*'] });
    await api.send('post', '/contacts').send({ external_id: 'u1', email: 'one@example.com' });
    await waitFor(async () => (await api.store.database.query('SELECT FROM notification')).length > 0);
    const { job_identifier = '' } = await sdk.dataExport.create(today());
    const job = await ended(job_identifier);
    const { rawResponse } = await sdk.dataExport.download({ job_identifier }).withRawResponse();
    const file = await api
      .send('get', new URL(job.download_url ?? '').pathname)
      .set('accept', 'application/octet-stream')
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });

    expect(job.status).toBe('completed');
    expect([rawResponse.status, file.headers['content-type']]).toEqual([200, 'application/octet-stream']);
    expect(gunzipSync(file.body as Buffer).toString()).toMatch(
      /^user_id,.*\r\n[0-9a-f]{24},u1,-1,one@example\.com,,.*,contact\.user\.created\r\n$/,
    );
    expect(await sdk.jobs.status({ job_id: job_identifier })).toMatchObject({
      type: 'job',
      status: 'success',
    });
  });

  it('finds nothing to export, and cancels', async () => {
    const { job_identifier = '' } = await sdk.dataExport.create({
      created_at_after: 1,
      created_at_before: 2,
    });
    const job = await ended(job_identifier);

    expect(job).toMatchObject({ status: 'no_data', download_url: '' });
    await expect(sdk.dataExport.cancel({ job_identifier })).rejects.toMatchObject({ statusCode: 409 });
    await expect(sdk.jobs.status({ job_id: 'nothing' })).rejects.toBeInstanceOf(Intercom.NotFoundError);
  });

  it('is told that there are no reports', async () => {
    const enqueued = sdk.export.enqueueANewReportingDataExportJob({
      dataset_id: 'conversation',
      attribute_ids: ['conversation_id'],
      start_time: 1,
      end_time: 2,
    });
    const job = { job_identifier: 'x', app_id: 'demo', client_id: 'c' };

    expect(await sdk.export.listAvailableDatasetsAndAttributes()).toEqual({ type: 'list', data: [] });
    await expect(enqueued).rejects.toBeInstanceOf(Intercom.BadRequestError);
    for (const looked of [
      sdk.dataExport.exportReportingData(job),
      sdk.dataExport.downloadReportingDataExport(job),
    ])
      await expect(looked).rejects.toBeInstanceOf(Intercom.NotFoundError);
  });
});

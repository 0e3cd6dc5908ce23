import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntercomClient, IntercomError } from 'intercom-client';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { TOKEN } from '../support/config.js';
import { Processes } from '../support/processes.js';
import { Receiver, verified } from '../support/receiver.js';
import { waitFor } from '../support/wait-for.js';

interface Body {
  readonly type: string;
  readonly data: { readonly sequence: number; readonly contact: { id: string }; readonly reason?: string };
}

describe('the official SDK, three processes and a webhook receiver', () => {
  let store: TestDatabase;
  let processes: Processes;
  let receiver: Receiver;
  let intercom: IntercomClient;
  let secret: string;

  const post = async <T>(path: string, body: object): Promise<T> =>
    (await (await processes.send('POST', path, body)).json()) as T;

  beforeAll(async () => {
    [store, receiver] = await Promise.all([testDatabase(), Receiver.start()]);
    processes = await Processes.start(store.url);
    intercom = new IntercomClient({ token: TOKEN, environment: processes.url, maxRetries: 0 });
    ({ secret } = await post<{ secret: string }>('/endpoints', { url: receiver.url, topics: ['*'] }));
  }, 60_000);

  afterAll(async () => {
    await processes.stop();
    await receiver.stop();
    await store.drop();
  });

  it('sends a signed webhook when a user enters a segment', async () => {
    const filter = { event: 'purchased', measure: 'count', operator: '>=', value: 2 };
    const segment = await post<{ id: string }>('/segments', { name: 'Buyers', filter });
    const created = await intercom.contacts.create({
      external_id: 'ada',
      email: 'Ada@Example.com',
      name: 'Ada',
    });
    expect(created).toMatchObject({
      type: 'contact',
      external_id: 'ada',
      email: 'ada@example.com',
      role: 'user',
    });
    const at = Math.floor(Date.now() / 1000);
    for (const created_at of [at - 60, at]) {
      await intercom.events.create({
        event_name: 'purchased',
        user_id: 'ada',
        created_at,
        metadata: { amount: '5' },
      });
    }
    const entered = await receiver.next(({ body }) => body.includes('"segment.entered"'));
    expect(verified(entered, secret)).toMatchObject({
      type: 'segment.entered',
      data: {
        segment: { id: segment.id },
        contact: { id: created.id, email: 'ada@example.com' },
        reason: 'update',
      },
    });
    const bodies = (await receiver.count(4)).map((received) => verified(received, secret) as Body);
    const numbers = bodies.map(({ data }) => data.sequence).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4]);
    const delivered = async () =>
      ((await (await processes.send('GET', '/deliveries?state=delivered')).json()) as { data: object[] })
        .data;
    await waitFor(async () => (await delivered()).length === 4);
  });

  it('lists what the user did, and exports what was told of it, written by the worker', async () => {
    const { events } = await intercom.events.list({ type: 'user', user_id: 'ada' });
    const range = { created_at_after: 1, created_at_before: Math.floor(Date.now() / 1000) + 60 };
    const { job_identifier = '' } = await intercom.dataExport.create(range);
    const job = await waitFor(async () => {
      const found = await intercom.dataExport.find({ job_identifier });
      return found.status === 'completed' ? found : undefined;
    });
    const headers = { authorization: `Bearer ${TOKEN}`, accept: 'application/octet-stream' };
    const file = await fetch(job.download_url ?? '', { headers });
    const [, ...lines] = gunzipSync(await file.arrayBuffer())
      .toString()
      .trimEnd()
      .split('\r\n');

    expect(events).toMatchObject([{ event_name: 'purchased' }, { event_name: 'purchased' }]);
    expect(lines.map((line) => line.split(',').at(-1)).sort()).toEqual([
      'contact.user.created',
      'event.created',
      'event.created',
      'segment.entered',
    ]);
  });

  it('finds and updates contacts, and reports conflicts and unknown contacts as Intercom does', async () => {
    const { id } = (await intercom.contacts.showContactByExternalId({ external_id: 'ada' })) as {
      id: string;
    };
    const updated = await intercom.contacts.update({ contact_id: id, custom_attributes: { plan: 'pro' } });
    expect(updated).toMatchObject({ id, custom_attributes: { plan: 'pro' } });
    expect(await intercom.contacts.find({ contact_id: id })).toMatchObject({
      custom_attributes: { plan: 'pro' },
    });
    await expect(intercom.contacts.create({ external_id: 'ada' })).rejects.toMatchObject({
      statusCode: 409,
      body: {
        type: 'error.list',
        errors: [{ code: 'conflict', message: expect.stringContaining(`id=${id}`) }],
      },
    });
    const unknown = intercom.events.create({ event_name: 'x', user_id: 'nobody', created_at: 1_700_000_000 });
    await expect(unknown).rejects.toBeInstanceOf(IntercomError);
    await expect(unknown).rejects.toMatchObject({ statusCode: 404 });
  });
});

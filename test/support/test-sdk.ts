import { describe, expect, it } from '@jest/globals';
import type { Intercom, IntercomClient } from 'intercom-client';
import { ApplyModule, BackfillModule, DueModule, ExportModule, VisitorService } from '#pipeline';
import { testApi, type TestApi } from './api.js';
import { sdkOf } from './sdk.js';
import { waitFor } from './wait-for.js';

/** How the SDK reports that something is not there. */
export const NOTHING_THERE = { statusCode: 404, body: { type: 'error.list' } };

/** Makes things through the official SDK, each with names of its own. */
export class TestSdk {
  private made = 0;

  private constructor(
    readonly api: TestApi,
    readonly client: IntercomClient,
  ) {}

  /** The api with all that works for it, and a client of it that tries once. */
  static async start(): Promise<TestSdk> {
    const api = await testApi({
      modules: [ApplyModule, BackfillModule, DueModule, ExportModule],
      jobs: ['apply.lanes', 'backfill.segment', 'export.data'],
    });
    return new TestSdk(api, await sdkOf(api));
  }

  fresh(kind: string): string {
    return `${kind} ${this.made++}`;
  }

  address(): string {
    return `person-${this.made++}@example.com`;
  }

  async user(more: object = {}): Promise<string> {
    const { id = '' } = await this.client.contacts.create({ external_id: this.fresh('user'), ...more });
    return id;
  }

  async lead(more: object = {}): Promise<string> {
    return (await this.client.contacts.create({ role: 'lead', ...more })).id ?? '';
  }

  /** A company with somebody in it: those with nobody are in no list. */
  async company() {
    const company = await this.client.companies.createOrUpdate({ company_id: this.fresh('company') });
    const contact_id = await this.user();
    await this.client.companies.attachContact({ contact_id, id: company.id });
    return { ...company, contact_id };
  }

  /** The segment of the contact that has this external id, once its members are known. */
  async segment(value: string): Promise<string> {
    const filter = { field: 'external_id', operator: '=', value };
    const body = { name: this.fresh('segment'), filter };
    const { id } = (await this.api.send('post', '/segments').send(body)).body;
    await waitFor(async () => (await this.api.send('get', `/segments/${id}`)).body.backfill.state === 'done');
    return id;
  }

  async subscriptionType(): Promise<string> {
    const body = { name: this.fresh('news'), consent_type: 'opt_out' };
    return (await this.api.send('post', '/subscription_types').send(body)).body.id;
  }

  /** What the SDK's type of the request leaves out is sent all the same. */
  attribute(): Promise<Intercom.DataAttribute> {
    const attribute = { name: this.fresh('attribute'), model: 'company', data_type: 'string' as const };
    return this.client.dataAttributes.create(attribute);
  }

  tag(): Promise<Intercom.Tag> {
    return this.client.tags.create({ name: this.fresh('tag') });
  }

  async visitor(): Promise<string> {
    const name = this.fresh('visitor');
    await this.api.app.get(VisitorService).ensure(this.api.workspaceId, name);
    return name;
  }

  /** What a contact did, summed up, once there is something. */
  summaries(query: Intercom.ListEventsRequest) {
    return waitFor(async () => {
      const { events } = await this.client.events.list({ ...query, summary: true });
      return events.length > 0 ? events : undefined;
    });
  }

  /** The id of the admin whose token it is. */
  async me(): Promise<string> {
    return (await this.client.admins.identify())?.id ?? '';
  }
}

/** All items of a list, page by page as the SDK reads it. */
export async function allOf<T>(page: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of page) all.push(one);
  return all;
}

/** What a method is for is answered as anything that is not there. */
export async function isNotThere(call: Promise<unknown>): Promise<void> {
  await expect(call).rejects.toMatchObject(NOTHING_THERE);
}

/** By resource and method of the client, what it must mean. */
export type Methods = Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>>;

/** One test for each method, and one that the client has no others: a new version of it is noticed. */
export function testMethods(client: () => IntercomClient, resources: Methods): void {
  describe.each(Object.entries(resources))('%s of the official SDK', (resource, methods) => {
    it('has no method but these', () => {
      const prototype: object = Object.getPrototypeOf(Reflect.get(client(), resource));
      const names = Object.getOwnPropertyNames(prototype);
      const open = names.filter((name) => name !== 'constructor' && !name.startsWith('_'));

      expect(Object.keys(methods).sort()).toEqual(open.sort());
    });

    it.each(Object.entries(methods))('%s', (_, means) => means());
  });
}

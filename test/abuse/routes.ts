import type { TestApi } from '../support/api.js';
import type { TestSdk } from '../support/test-sdk.js';
import { SAMPLES } from './samples.js';

/** What the OpenAPI document says of a route, as far as it is asked. */
export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> };
}

/** Every route of the OpenAPI document, by method and path: `put /contacts/{id}`. */
export async function routesOf({ send }: Pick<TestApi, 'send'>): Promise<[string, Operation][]> {
  const { paths } = (await send('get', '/docs-json')).body as {
    paths: Record<string, Record<string, Operation>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

/** The ids of things that are there, by what routes and samples call them. */
export type Things = Readonly<Record<string, string>>;

/** Something of every kind that a route may be about. */
export async function makeThings(make: TestSdk): Promise<Things> {
  const { client, api } = make;
  const contact = await make.user({ external_id: 'somebody' });
  const type = await make.subscriptionType();
  const options = { ...SAMPLES['post /data_attributes'], name: 'size' };
  const endpoint = (await api.send('post', '/endpoints').send(SAMPLES['post /endpoints'])).body.id;
  await api.send('post', `/endpoints/${endpoint}/ping`);
  return {
    app: 'demo',
    contact,
    user: contact,
    external: 'somebody',
    type,
    subscription: type,
    lead: await make.lead(),
    erased: await make.lead(),
    known: await make.lead(),
    visitor: await aVisitor(make),
    passerby: await aVisitor(make),
    company: (await make.company()).id,
    tag: (await make.tag()).id,
    admin: await make.me(),
    segment: await make.segment('nobody'),
    note: (await client.notes.create({ contact_id: contact, body: 'Called' })).id ?? '',
    attribute: (await api.send('post', '/data_attributes').send(options)).body.id,
    endpoint,
    delivery: (await api.send('get', '/deliveries')).body.data[0].id,
    export:
      (await client.dataExport.create({ created_at_after: 1, created_at_before: 2 })).job_identifier ?? '',
  };
}

async function aVisitor(make: TestSdk): Promise<string> {
  return (await make.client.visitors.find({ user_id: await make.visitor() }))?.id ?? '';
}

/** The path of a route about these things, or with other words in the place of some ids. */
export function pathOf(route: string, things: Things, words: Readonly<Record<string, string>> = {}): string {
  const path = route.split(' ')[1] ?? '';
  return path.replace(/(\w+)\/\{(\w+)\}/g, (_, list: string, name: string) => {
    const kind = name === 'id' ? list.replace(/ies$/, 'y').replace(/s$/, '') : name.replace(/_id$/, '');
    return `${list}/${words[name] ?? things[kind.replace(/^.*_/, '')] ?? things['export']}`;
  });
}

/** A sample as JSON about these things. */
export const bodyOf = (sample: unknown, things: Things): string =>
  JSON.stringify(sample).replace(/\{(\w+)\}/g, (all, kind: string) => things[kind] ?? all);

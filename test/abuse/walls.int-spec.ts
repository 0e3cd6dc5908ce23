import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type OtherWorkspace, otherWorkspace } from '../support/other-workspace.js';
import { TestSdk } from '../support/test-sdk.js';
import { bodyOf, makeThings, pathOf, routesOf, type Things } from './routes.js';
import { SAMPLES } from './samples.js';

type Method = 'get' | 'post' | 'put' | 'delete';

let make: TestSdk;
let other: OtherWorkspace;
let routes: string[];
let things: Things;
let own: Things;
beforeAll(async () => {
  make = await TestSdk.start();
  other = await otherWorkspace(make.api);
  routes = (await routesOf(make.api)).map(([route]) => route).filter((route) => /\{(?!app_id)/.test(route));
  things = await makeThings(make);
  own = await theirs();
});
afterAll(() => make.api.close());

/** What the other workspace has itself, to be tied to what it has not. */
async function theirs(): Promise<Things> {
  const { id } = await other.sdk.companies.createOrUpdate({ company_id: 'theirs' });
  return { contact: (await other.sdk.contacts.create({ external_id: 'theirs' })).id ?? '', company: id };
}

async function statusOf(
  { send }: Pick<OtherWorkspace, 'send'>,
  route: string,
  { path, body }: { path: string; body: string },
): Promise<number> {
  const asked = send((route.split(' ')[0] ?? '') as Method, path);
  const sent = route.startsWith('get ') ? asked : asked.set('content-type', 'application/json').send(body);
  return (await sent).status;
}

/** Reports of Intercom's, and the file of an export that is not made yet, are nowhere. */
const NOWHERE = /reporting_data|\/download\//;

it('what is read by its id is there for its own workspace', async () => {
  const reads = routes.filter((route) => route.startsWith('get ') && !NOWHERE.test(route));
  const asked = reads.map(async (route) => [
    route,
    await statusOf(make.api, route, { path: readable(route), body: '' }),
  ]);

  expect(await Promise.all(asked)).toEqual(reads.map((route) => [route, 200]));
});

/** The history of merges is there from version 2.16 on: its user is read instead. */
const readable = (route: string): string => pathOf(route, things).replace('/merge_history', '');

it('what is named by its id is not there for another workspace, whatever is asked of it', async () => {
  const asked = routes.map(async (route) => [
    route,
    await statusOf(other, route, { path: pathOf(route, things), body: bodyOf(SAMPLES[route] ?? {}, things) }),
  ]);

  expect(await Promise.all(asked)).toEqual(routes.map((route) => [route, 404]));
});

it('nothing of another workspace is tied to what is there', async () => {
  const ties = routes.filter(
    (route) => /\{contact_id\}./.test(route) && !route.startsWith('get ') && !route.endsWith('/notes'),
  );
  const words = { contact_id: own['contact'] ?? '' };
  const asked = ties.map(async (route) => [
    route,
    await statusOf(other, route, {
      path: pathOf(route, things, words),
      body: bodyOf(SAMPLES[route] ?? {}, things),
    }),
  ]);

  expect(await Promise.all(asked)).toEqual(ties.map((route) => [route, 404]));
});

it.each<[string, object]>([
  ['put /contacts/{id}', { owner_id: '{admin}' }],
  ['post /contacts/{contact_id}/notes', { body: 'Called', admin_id: '{admin}' }],
  ['post /contacts/merge', { from: '{lead}', into: '{own}' }],
  ['post /user_delete_requests', { intercom_user_id: '{erased}' }],
  ['post /tags', { name: 'wall', users: [{ id: '{contact}' }] }],
  ['post /tags', { name: 'wall', companies: [{ id: '{company}' }] }],
  ['post /tags', { id: '{tag}', name: 'wall' }],
  ['put /visitors', { id: '{visitor}', name: 'wall' }],
  ['post /visitors/convert', { type: 'user', user: { user_id: 'wall' }, visitor: { id: '{visitor}' } }],
  ['post /users', { id: '{contact}' }],
  ['post /events', { id: '{contact}', event_name: 'wall', created_at: 1 }],
  ['post /ping', { id: '{contact}' }],
])('%s refuses what is of another workspace in its body: %j', async (route, sample) => {
  const mine = own['contact'] ?? '';
  const path = pathOf(route, things, { id: mine, contact_id: mine });

  expect([400, 404]).toContain(
    await statusOf(other, route, { path, body: bodyOf(sample, { ...things, own: mine }) }),
  );
});

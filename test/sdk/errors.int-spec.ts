import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Intercom, IntercomClient, IntercomError } from 'intercom-client';
import { type ErrorList, errorList } from '#contracts';
import { TestSdk } from '../support/test-sdk.js';

let make: TestSdk;
let sdk: IntercomClient;
beforeAll(async () => {
  make = await TestSdk.start();
  sdk = make.client;
});
afterAll(() => make.api.close());

const NOBODY = '0123456789abcdef01234567';
const anEvent = { user_id: 'nobody', event_name: 'bought', created_at: 1_700_000_000 };

/** The error that a call ends with, and the envelope in it. */
async function refusalOf(
  call: Promise<unknown>,
): Promise<{ error: IntercomError; errors: ErrorList['errors'] }> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof IntercomError)) throw new Error(`No error of the SDK: ${String(error)}`);
  return { error, errors: errorList.parse(error.body).errors };
}

async function stranger(): Promise<IntercomClient> {
  return new IntercomClient({ token: 'unknown', baseUrl: await make.api.app.getUrl(), maxRetries: 0 });
}

it.each<[string, () => Promise<unknown>]>([
  ['contacts.list', async () => (await stranger()).contacts.list()],
  ['companies.find', async () => (await stranger()).companies.find({ company_id: NOBODY })],
  ['tags.list', async () => (await stranger()).tags.list()],
  ['events.create', async () => (await stranger()).events.create(anEvent)],
  ['admins.list', async () => (await stranger()).admins.list()],
])('%s without a token that opens a workspace is an UnauthorizedError', async (_, call) => {
  const { error, errors } = await refusalOf(call());

  expect(error).toBeInstanceOf(Intercom.UnauthorizedError);
  expect(errors).toMatchObject([{ code: 'token_not_found' }]);
});

it.each<[string, () => Promise<unknown>, string]>([
  ['companies.find', () => sdk.companies.find({ company_id: NOBODY }), 'company_not_found'],
  ['notes.find', () => sdk.notes.find({ note_id: 1 }), 'not_found'],
  ['segments.find', () => sdk.segments.find({ segment_id: NOBODY }), 'not_found'],
  ['tags.find', () => sdk.tags.find({ tag_id: '1' }), 'not_found'],
  ['admins.find', () => sdk.admins.find({ admin_id: 999 }), 'admin_not_found'],
  ['jobs.status', () => sdk.jobs.status({ job_id: NOBODY }), 'job_not_found'],
  ['visitors.find', () => sdk.visitors.find({ user_id: 'nobody' }), 'not_found'],
  ['contacts.listAttachedTags', () => sdk.contacts.listAttachedTags({ contact_id: NOBODY }), 'not_found'],
])('%s of what is not there is a NotFoundError', async (_, call, code) => {
  const { error, errors } = await refusalOf(call());

  expect(error).toBeInstanceOf(Intercom.NotFoundError);
  expect(errors).toMatchObject([{ code }]);
});

it.each<[string, () => Promise<unknown>, string]>([
  ['companies.createOrUpdate', () => sdk.companies.createOrUpdate({ company_id: '' }), 'company_id'],
  ['tags.create', () => sdk.tags.create({ name: '' }), 'name'],
  [
    'dataAttributes.create',
    async () => sdk.dataAttributes.create({ ...(await make.attribute()), data_type: 'string' }),
    'type',
  ],
])('%s with what is wrong is a BadRequestError that names it', async (_, call, field) => {
  const { error, errors } = await refusalOf(call());

  expect(error).toBeInstanceOf(Intercom.BadRequestError);
  expect(errors).toContainEqual(expect.objectContaining({ code: 'parameter_invalid', field }));
});

it('archiving what a segment reads is an UnprocessableEntityError', async () => {
  const attribute = { name: 'Read', model: 'contact', data_type: 'string' as const };
  const { id: data_attribute_id = 0 } = await sdk.dataAttributes.create(attribute);
  const filter = { field: 'custom_attributes.Read', operator: '=', value: 'x' };
  await make.api.send('post', '/segments').send({ name: 'Readers', filter });
  const { error, errors } = await refusalOf(
    sdk.dataAttributes.update({ data_attribute_id, body: { archived: true } }),
  );

  expect(error).toBeInstanceOf(Intercom.UnprocessableEntityError);
  expect(errors).toMatchObject([{ code: 'data_invalid', field: 'archived' }]);
});

/** What the SDK has no class for where it happens is told by its status. */
it.each<[number, string, () => Promise<unknown>, object]>([
  [400, 'what is no e-mail address', () => sdk.contacts.create({ email: 'none' }), { field: 'email' }],
  [404, 'an unknown contact', () => sdk.contacts.find({ contact_id: NOBODY }), { code: 'not_found' }],
  [404, 'an event of nobody', () => sdk.events.create(anEvent), { code: 'not_found', field: 'user_id' }],
])('%i of %s is an IntercomError', async (statusCode, _, call, entry) => {
  const { error, errors } = await refusalOf(call());

  expect(error).toMatchObject({ name: 'Error', statusCode });
  expect(errors).toMatchObject([entry]);
});

it('409 says who has the name, in its text and by itself', async () => {
  const id = await make.user({ external_id: 'taken' });
  const { error, errors } = await refusalOf(sdk.contacts.create({ external_id: 'taken' }));

  expect(error.statusCode).toBe(409);
  expect(errors).toMatchObject([
    { code: 'conflict', contact_id: id, message: expect.stringMatching(new RegExp(`id=${id}$`)) },
  ]);
});

it('409 says that who has the name is archived', async () => {
  const contact_id = await make.user({ external_id: 'resting' });
  await sdk.contacts.archive({ contact_id });
  const { error, errors } = await refusalOf(sdk.contacts.create({ external_id: 'resting' }));

  expect(error.statusCode).toBe(409);
  expect(errors[0]?.message).toMatch(/archived .*id=[0-9a-f]{24}$/);
});

it('410 leads to the contact that another was merged into, for who speaks 2.16', async () => {
  const email = 'merged@example.com';
  const [into, from] = [await make.user({ email }), await make.lead({ email })];
  await sdk.contacts.mergeLeadInUser({ from, into });
  const headers = { 'Intercom-Version': '2.16' };
  const { error, errors } = await refusalOf(sdk.contacts.find({ contact_id: from }, { headers }));

  expect(error.statusCode).toBe(410);
  expect(errors).toMatchObject([{ code: 'contact_merged', contact_id: into }]);
  expect(error.rawResponse?.headers.get('link')).toBe(`</contacts/${into}>; rel="canonical"`);
});

it('429 is told for a second export while one is on its way', async () => {
  await make.api.store.database.query(
    `INSERT INTO data_export (id, workspace_id, created_after, created_before, created_at, updated_at)
     VALUES ('\\x00', $1, now(), now(), now(), now())`,
    [make.api.workspaceId],
  );
  const { error, errors } = await refusalOf(
    sdk.dataExport.create({ created_at_after: 1, created_at_before: 2 }),
  );

  expect(error.statusCode).toBe(429);
  expect(errors).toMatchObject([{ code: 'rate_limit_exceeded' }]);
});

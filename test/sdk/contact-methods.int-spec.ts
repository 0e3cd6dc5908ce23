import { afterAll, beforeAll, expect } from '@jest/globals';
import type { IntercomClient } from 'intercom-client';
import { allOf, NOTHING_THERE, testMethods, TestSdk } from '../support/test-sdk.js';

let make: TestSdk;
let sdk: IntercomClient;
beforeAll(async () => {
  make = await TestSdk.start();
  sdk = make.client;
});
afterAll(() => make.api.close());

testMethods(() => sdk, {
  contacts: {
    create: async () => {
      const email = make.address();
      expect(await sdk.contacts.create({ email })).toMatchObject({ type: 'contact', role: 'user', email });
    },
    find: async () => {
      const contact_id = await make.user({ name: 'Ada' });
      expect(await sdk.contacts.find({ contact_id })).toMatchObject({ id: contact_id, name: 'Ada' });
    },
    showContactByExternalId: async () => {
      const external_id = make.fresh('a/b ü');
      const id = await make.user({ external_id });
      expect(await sdk.contacts.showContactByExternalId({ external_id })).toMatchObject({ id, external_id });
    },
    update: async () => {
      const contact_id = await make.user({ name: 'Ada' });
      const updated = await sdk.contacts.update({ contact_id, phone: '1' });
      expect(updated).toMatchObject({ name: 'Ada', phone: '1' });
      expect(await sdk.contacts.find({ contact_id })).toEqual(updated);
    },
    delete: async () => {
      const contact_id = await make.user();
      expect(await sdk.contacts.delete({ contact_id })).toMatchObject({ id: contact_id, deleted: true });
      await expect(sdk.contacts.find({ contact_id })).rejects.toMatchObject(NOTHING_THERE);
    },
    list: async () => {
      const ids = [await make.user(), await make.user(), await make.user()];
      const listed = (await allOf(await sdk.contacts.list({ per_page: 2 }))).map(({ id }) => id);
      expect(listed).toEqual(expect.arrayContaining(ids));
      expect(new Set(listed).size).toBe(listed.length);
    },
    search: async () => {
      const name = make.fresh('somebody');
      const ids = [await make.user({ name }), await make.user({ name }), await make.user({ name })];
      const query = { field: 'name', operator: '=', value: name } as const;
      const page = await sdk.contacts.search({ query, pagination: { per_page: 2 } });
      expect((await allOf(page)).map(({ id }) => id)).toEqual(ids.reverse());
    },
    archive: async () => {
      const contact_id = await make.user();
      expect(await sdk.contacts.archive({ contact_id })).toMatchObject({ id: contact_id, archived: true });
      expect((await allOf(await sdk.contacts.list())).map(({ id }) => id)).not.toContain(contact_id);
    },
    unarchive: async () => {
      const contact_id = await make.user();
      await sdk.contacts.archive({ contact_id });
      expect(await sdk.contacts.unarchive({ contact_id })).toMatchObject({ archived: false });
      expect((await allOf(await sdk.contacts.list())).map(({ id }) => id)).toContain(contact_id);
    },
    blockContact: async () => {
      const external_id = make.fresh('blocked');
      const contact_id = await make.user({ external_id });
      expect(await sdk.contacts.blockContact({ contact_id })).toMatchObject({ blocked: true });
      await expect(sdk.contacts.create({ external_id })).rejects.toMatchObject({ statusCode: 409 });
    },
    mergeLeadInUser: async () => {
      const email = make.address();
      const [into, from] = [await make.user({ email }), await make.lead({ email, phone: '2' })];
      expect(await sdk.contacts.mergeLeadInUser({ from, into })).toMatchObject({ id: into, phone: '2' });
      await expect(sdk.contacts.find({ contact_id: from })).rejects.toMatchObject(NOTHING_THERE);
    },
    listAttachedCompanies: async () => {
      const { id, contact_id } = await make.company();
      const listed = await allOf(await sdk.contacts.listAttachedCompanies({ contact_id }));
      expect(listed).toMatchObject([{ id }]);
    },
    listAttachedSegments: async () => {
      const external_id = make.fresh('member');
      const contact_id = await make.user({ external_id });
      const id = await make.segment(external_id);
      expect((await sdk.contacts.listAttachedSegments({ contact_id })).data).toMatchObject([{ id }]);
    },
    listAttachedTags: async () => {
      const [contact_id, { id }] = [await make.user(), await make.tag()];
      await sdk.tags.tagContact({ contact_id, id });
      expect((await sdk.contacts.listAttachedTags({ contact_id })).data).toMatchObject([{ id }]);
    },
    listAttachedSubscriptions: async () => {
      const [contact_id, id] = [await make.user(), await make.subscriptionType()];
      expect((await sdk.contacts.listAttachedSubscriptions({ contact_id })).data).toEqual([]);
      await sdk.contacts.attachSubscription({ contact_id, id, consent_type: 'opt_out' });
      expect((await sdk.contacts.listAttachedSubscriptions({ contact_id })).data).toMatchObject([{ id }]);
    },
    attachSubscription: async () => {
      const [contact_id, id] = [await make.user(), await make.subscriptionType()];
      const attached = await sdk.contacts.attachSubscription({ contact_id, id, consent_type: 'opt_in' });
      expect(attached).toMatchObject({ type: 'subscription', id, consent_type: 'opt_in' });
    },
    detachSubscription: async () => {
      const [contact_id, id] = [await make.user(), await make.subscriptionType()];
      await sdk.contacts.attachSubscription({ contact_id, id, consent_type: 'opt_in' });
      expect(await sdk.contacts.detachSubscription({ contact_id, subscription_id: id })).toMatchObject({
        id,
      });
      expect((await sdk.contacts.listAttachedSubscriptions({ contact_id })).data).toEqual([]);
    },
  },
  notes: {
    create: async () => {
      const [contact_id, admin_id] = [await make.user(), await make.me()];
      const note = await sdk.notes.create({ contact_id, body: 'Called', admin_id });
      expect(note).toMatchObject({ type: 'note', body: '<p>Called</p>', contact: { id: contact_id } });
    },
    list: async () => {
      const contact_id = await make.user();
      for (const body of ['1', '2', '3']) await sdk.notes.create({ contact_id, body });
      const listed = await allOf(await sdk.notes.list({ contact_id, per_page: 2 }));
      expect(listed.map(({ body }) => body)).toEqual(['<p>3</p>', '<p>2</p>', '<p>1</p>']);
    },
    find: async () => {
      const note = await sdk.notes.create({ contact_id: await make.user(), body: 'Called' });
      expect(await sdk.notes.find({ note_id: Number(note.id) })).toEqual(note);
    },
  },
  visitors: {
    find: async () => {
      const user_id = await make.visitor();
      expect(await sdk.visitors.find({ user_id })).toMatchObject({
        type: 'visitor',
        user_id,
        anonymous: true,
      });
    },
    update: async () => {
      const user_id = await make.visitor();
      const updated = await sdk.visitors.update({ user_id, name: 'Gareth' });
      expect(updated).toMatchObject({ user_id, name: 'Gareth' });
      expect(await sdk.visitors.find({ user_id })).toEqual(updated);
    },
    mergeToContact: async () => {
      const [user_id, visitor] = [make.fresh('user'), { user_id: await make.visitor() }];
      const contact = await sdk.visitors.mergeToContact({ type: 'user', user: { user_id }, visitor });
      expect(contact).toMatchObject({ type: 'contact', role: 'user', external_id: user_id });
      await expect(sdk.visitors.find(visitor)).rejects.toMatchObject(NOTHING_THERE);
    },
  },
});

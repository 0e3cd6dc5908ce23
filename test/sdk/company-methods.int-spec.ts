import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Intercom, IntercomClient } from 'intercom-client';
import { allOf, isNotThere, NOTHING_THERE, testMethods, TestSdk } from '../support/test-sdk.js';

let make: TestSdk;
let sdk: IntercomClient;
beforeAll(async () => {
  make = await TestSdk.start();
  sdk = make.client;
});
afterAll(() => make.api.close());

testMethods(() => sdk, {
  companies: {
    createOrUpdate: async () => {
      const company_id = make.fresh('company');
      const { id } = await sdk.companies.createOrUpdate({ company_id, name: 'Acme', size: 3 });
      const again = await sdk.companies.createOrUpdate({ company_id, name: 'Acme & Co' });
      expect(again).toMatchObject({ id, company_id, name: 'Acme & Co', size: 3 });
    },
    retrieve: async () => {
      const { id, company_id } = await make.company();
      expect(await sdk.companies.retrieve({ company_id })).toMatchObject({ type: 'company', id });
      expect(await sdk.companies.retrieve({})).toMatchObject({ type: 'list' });
    },
    find: async () => {
      const { id, company_id } = await make.company();
      expect(await sdk.companies.find({ company_id: id })).toMatchObject({ id, company_id, user_count: 1 });
    },
    update: async () => {
      const { id } = await make.company();
      const updated = await sdk.companies.update({ company_id: id, body: { name: 'New' } });
      expect(updated).toMatchObject({ id, name: 'New' });
      expect(await sdk.companies.find({ company_id: id })).toEqual(updated);
    },
    delete: async () => {
      const { id } = await make.company();
      const deleted = { id, object: 'company', deleted: true };
      expect(await sdk.companies.delete({ company_id: id })).toEqual(deleted);
      await expect(sdk.companies.find({ company_id: id })).rejects.toMatchObject(NOTHING_THERE);
    },
    list: async () => {
      const ids = [(await make.company()).id, (await make.company()).id];
      const listed = (await allOf(await sdk.companies.list({ per_page: 1 }))).map(({ id }) => id);
      expect(listed).toEqual(expect.arrayContaining(ids));
      expect(new Set(listed).size).toBe(listed.length);
    },
    scroll: async () => {
      const { id } = await make.company();
      const scrolled = (await allOf(await sdk.companies.scroll())).map((company) => company.id);
      expect(scrolled.filter((one) => one === id)).toEqual([id]);
    },
    attachContact: async () => {
      const [contact_id, { id }] = [await make.user(), await make.company()];
      expect(await sdk.companies.attachContact({ contact_id, id })).toMatchObject({ id, user_count: 2 });
    },
    detachContact: async () => {
      const { id, contact_id } = await make.company();
      const detached = await sdk.companies.detachContact({ contact_id, company_id: id });
      expect(detached).toMatchObject({ id, user_count: 0 });
    },
    listAttachedContacts: async () => {
      const { id, contact_id } = await make.company();
      const { data } = await sdk.companies.listAttachedContacts({ company_id: id });
      expect(data).toMatchObject([{ type: 'contact', id: contact_id }]);
    },
    listAttachedSegments: async () => {
      const { id, contact_id } = await make.company();
      const { external_id = '' } = (await sdk.contacts.find({ contact_id })) as Intercom.Contact;
      const segment = await make.segment(external_id);
      const { data } = await sdk.companies.listAttachedSegments({ company_id: id });
      expect(data).toMatchObject([{ id: segment }]);
    },
  },
  tags: {
    create: async () => {
      const name = make.fresh('tag');
      const tag = await sdk.tags.create({ name });
      expect(tag).toMatchObject({ type: 'tag', name });
      expect(await sdk.tags.create({ name: name.toUpperCase() })).toMatchObject({ id: tag.id });
    },
    list: async () => {
      const tag = await make.tag();
      expect((await sdk.tags.list()).data).toContainEqual(tag);
    },
    find: async () => {
      const tag = await make.tag();
      expect(await sdk.tags.find({ tag_id: tag.id })).toEqual(tag);
    },
    delete: async () => {
      const { id } = await make.tag();
      await sdk.tags.delete({ tag_id: id });
      await expect(sdk.tags.find({ tag_id: id })).rejects.toMatchObject(NOTHING_THERE);
    },
    tagContact: async () => {
      const [contact_id, { id }] = [await make.user(), await make.tag()];
      expect(await sdk.tags.tagContact({ contact_id, id })).toMatchObject({
        id,
        applied_by: { type: 'admin', id: await make.me() },
      });
    },
    untagContact: async () => {
      const [contact_id, { id }] = [await make.user(), await make.tag()];
      await sdk.tags.tagContact({ contact_id, id });
      expect(await sdk.tags.untagContact({ contact_id, tag_id: id })).toMatchObject({ id });
      expect((await sdk.contacts.listAttachedTags({ contact_id })).data).toEqual([]);
    },
    tagConversation: () =>
      isNotThere(sdk.tags.tagConversation({ conversation_id: '1', id: '1', admin_id: '1' })),
    untagConversation: () =>
      isNotThere(sdk.tags.untagConversation({ conversation_id: '1', tag_id: '1', admin_id: '1' })),
    tagTicket: () => isNotThere(sdk.tags.tagTicket({ ticket_id: '1', id: '1', admin_id: '1' })),
    untagTicket: () => isNotThere(sdk.tags.untagTicket({ ticket_id: '1', tag_id: '1', admin_id: '1' })),
  },
  segments: {
    list: async () => {
      const id = await make.segment('nobody');
      const { segments } = await sdk.segments.list({ include_count: true });
      expect(segments).toContainEqual(expect.objectContaining({ type: 'segment', id, count: 0 }));
    },
    find: async () => {
      const segment_id = await make.segment('nobody');
      expect(await sdk.segments.find({ segment_id })).toMatchObject({
        id: segment_id,
        person_type: 'contact',
      });
    },
  },
  subscriptionTypes: {
    list: async () => {
      const id = await make.subscriptionType();
      expect((await sdk.subscriptionTypes.list()).data).toContainEqual(expect.objectContaining({ id }));
    },
  },
});

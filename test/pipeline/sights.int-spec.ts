import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, type InboxRow } from '#database';
import { type ActivityUpdate, type Contact, type Id, SESSION_IDLE } from '#domain';
import { ContactCompanies, CompanyService, ErasureService, MergeService, Verifier } from '#pipeline';
import { Recomputer } from '../../libs/pipeline/src/apply/recompute.js';
import { Recorder } from '../../libs/pipeline/src/apply/record.js';
import { TestMuster } from '../support/muster.js';

const AT = 1_700_000_000;
const AN_HOUR = 3_600;

let muster: TestMuster;
let made = 0;
let user: Contact;
let acme: Id;
beforeAll(async () => {
  muster = await TestMuster.start();
});
afterAll(() => muster.stop());
beforeEach(async () => {
  user = await muster.user(`user ${made++}`);
  acme = (await muster.company(`acme ${made}`)).id;
});

const see = (after: number, ...companyIds: Id[]) =>
  muster.see(user.id, { createdAt: AT + after, companyIds });
const contact = async () => (await muster.finder.find(muster.workspaceId, user.id)).attributes;

async function company(id = acme) {
  const { attributes } = await muster.get(CompanyService).find({ workspaceId: muster.workspaceId, id });
  const { session_count, last_request_at } = attributes;
  return { session_count, last_request_at };
}

/** Everything that is kept is what it follows from. */
async function isSound(): Promise<void> {
  expect((await muster.get(Verifier).run()).differences).toEqual([]);
}

describe('a company', () => {
  it('is seen with the activities that are for it, and counts the sessions that begin with one', async () => {
    await see(0, acme);
    await see(60);
    await see(AN_HOUR);
    await see(AN_HOUR + 60, acme);
    await muster.settled();

    expect(await company()).toEqual({ session_count: 1, last_request_at: AT + AN_HOUR + 60 });
    expect(await contact()).toMatchObject({ web_sessions: 2, last_seen_at: AT + AN_HOUR + 60 });
    await isSound();
  });

  it('loses and wins sessions to late activities, and is last seen forwards only', async () => {
    await see(600, acme);
    await see(AN_HOUR + 600);
    await muster.settled();
    expect(await company()).toEqual({ session_count: 1, last_request_at: AT + 600 });
    await see(0);
    await muster.settled();
    expect(await company()).toEqual({ session_count: 0, last_request_at: AT + 600 });
    await see(AN_HOUR, acme);
    await see(-AN_HOUR, acme);
    await muster.settled();
    expect(await company()).toEqual({ session_count: 2, last_request_at: AT + AN_HOUR });
    await isSound();
  });

  it('is seen by apps too, whose sessions are none on the web', async () => {
    await muster.see(user.id, { createdAt: AT, platform: 'ios', startsSession: true, companyIds: [acme] });
    await muster.settled();

    expect(await company()).toEqual({ session_count: 0, last_request_at: AT });
    await isSound();
  });

  it('keeps the sessions of whoever leaves it', async () => {
    const link = { workspaceId: muster.workspaceId, contactId: user.id, companyId: acme };
    await muster.get(ContactCompanies).attach(link);
    await see(0, acme);
    await muster.settled();
    await muster.get(ContactCompanies).detach(link);

    expect(await company()).toMatchObject({ session_count: 1 });
  });

  it('counts a session of two contacts that are merged once', async () => {
    const lead = await muster.contacts.create(muster.workspaceId, {
      attributes: { role: 'lead' },
      customAttributes: {},
    });
    await see(600, acme);
    for (const after of [0, 2 * AN_HOUR])
      await muster.see(lead.id, { createdAt: AT + after, companyIds: [acme] });
    await muster.see(lead.id, { createdAt: AT, platform: 'android', startsSession: true });
    await muster.settled();
    expect(await company()).toMatchObject({ session_count: 3 });
    await muster.get(MergeService).merge(muster.workspaceId, { from: lead.id, into: user.id });
    await muster.settled();

    expect(await company()).toEqual({ session_count: 2, last_request_at: AT + 2 * AN_HOUR });
    expect(await contact()).toMatchObject({
      web_sessions: 2,
      android_sessions: 1,
      android_last_seen_at: AT,
    });
    await isSound();
  });

  it('forgets the sessions of whoever is erased', async () => {
    await see(0, acme);
    await see(AN_HOUR, acme);
    await muster.settled();
    await muster.get(ErasureService).erase(muster.workspaceId, user.id);

    expect(await company()).toMatchObject({ session_count: 0 });
    await isSound();
  });

  it('that is removed leaves its people as they are', async () => {
    await see(0, acme);
    await muster.settled();
    await muster.get(CompanyService).remove({ workspaceId: muster.workspaceId, id: acme });
    await see(AN_HOUR, acme);
    await muster.settled();

    expect(await contact()).toMatchObject({ web_sessions: 2 });
    expect(await muster.query('SELECT FROM inbox_failed')).toEqual([]);
  });

  it('is moved by all of its people at once, beside whoever writes it', async () => {
    const people = await Promise.all(Array.from({ length: 40 }, (_, i) => muster.user(`crowd ${i}`)));
    const names = ['b', 'a', 'd', 'c'].map((name) => `shared ${name}`);
    const ids = (await Promise.all(names.map((name) => muster.company(name)))).map(({ id }) => id);
    const write = (person: Contact) =>
      muster.contacts.change(muster.workspaceId, person.id, (held, tx) => {
        const companies = names.map((companyId) => ({
          companyId,
          attributes: { size: 5 },
          customAttributes: {},
        }));
        return muster.get(ContactCompanies).attachAll(held, companies, tx);
      });
    await Promise.all(
      people.flatMap((person) => [
        muster.see(person.id, { createdAt: AT, companyIds: ids }),
        write(person),
        muster.see(person.id, { createdAt: AT + 2 * SESSION_IDLE, companyIds: ids.toReversed() }),
      ]),
    );
    await muster.settled();

    for (const id of ids)
      expect(await company(id)).toEqual({ session_count: 80, last_request_at: AT + 2 * SESSION_IDLE });
    await isSound();
  });
});

describe('a contact that is merged', () => {
  it('is seen where the later of the two was, and came from where the first did', async () => {
    const lead = await muster.contacts.create(muster.workspaceId, {
      attributes: { role: 'lead' },
      customAttributes: {},
    });
    await muster.see(lead.id, {
      createdAt: AT,
      attributes: { browser: 'Firefox', os: 'Linux' },
      firstTouch: { utm_source: 'ad' },
    });
    await muster.see(user.id, {
      createdAt: AT + 60,
      attributes: { browser: 'Safari' },
      firstTouch: { referrer: 'https://example.com' },
    });
    await muster.settled();
    await muster.get(MergeService).merge(muster.workspaceId, { from: lead.id, into: user.id });
    const merged = await contact();

    expect(merged).toMatchObject({ browser: 'Safari', os: 'Linux', utm_source: 'ad' });
    expect(merged).not.toHaveProperty('referrer');
    await muster.see(user.id, { createdAt: AT - 60, firstTouch: { utm_source: 'earlier' } });
    await muster.settled();
    expect(await contact()).toMatchObject({ utm_source: 'earlier' });
  });
});

describe('what last seen was before', () => {
  const rowsOf = (updates: readonly ActivityUpdate[]): InboxRow[] =>
    updates.map((update, id) => ({
      lane: 0,
      id,
      workspaceId: muster.workspaceId,
      contactId: user.id,
      update,
      acceptedAt: AT,
    }));

  /** The record that rules get, of updates that are applied in one batch. */
  const seen = (...updates: ActivityUpdate[]) =>
    muster.get(Database).transaction(async (tx) => {
      const batch = await muster.get(Recorder).run(rowsOf(updates), tx);
      await muster.get(Recomputer).run(batch, tx);
      return batch.contacts.get(user.id)?.seen;
    });
  const activity = (createdAt: number, more: Partial<ActivityUpdate> = {}): ActivityUpdate => ({
    kind: 'activity',
    platform: 'web',
    createdAt,
    ...more,
  });

  it('is told of each activity of a batch', async () => {
    await see(0);
    await muster.settled();

    expect(await seen(activity(AT + 50), activity(AT + 20), activity(AT + 90))).toEqual([
      { at: AT + 50, lastSeenAt: AT },
      { at: AT + 20, lastSeenAt: AT + 50 },
      { at: AT + 90, lastSeenAt: AT + 50 },
    ]);
  });

  it('is unknown of whoever was never seen', async () => {
    expect(await seen(activity(AT))).toEqual([{ at: AT, lastSeenAt: null }]);
  });

  it('is what the call said that has moved it already', async () => {
    await see(60);
    await muster.settled();

    expect(await seen(activity(AT + 60, { seenBefore: AT }), activity(AT + 70))).toEqual([
      { at: AT + 60, lastSeenAt: AT },
      { at: AT + 70, lastSeenAt: AT + 60 },
    ]);
    expect(await seen(activity(AT + 60, { seenBefore: null }))).toEqual([{ at: AT + 60, lastSeenAt: null }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminRepository, SegmentRepository, WorkspaceSettingsRepository } from '#database';
import { type Asked, AttributeRegistries, type CheckOptions } from '#pipeline';
import { TestMuster } from '../support/muster.js';
import { waitFor } from '../support/wait-for.js';

let muster: TestMuster;
beforeAll(async () => {
  muster = await TestMuster.start();
});
afterAll(() => muster.stop());

const membersOf = async (id: string) =>
  (await muster.get(SegmentRepository).members(id, undefined, 150)).map((contact) => contact.id);
const signedUp = (date: string) =>
  muster.contacts.create(muster.workspaceId, {
    attributes: { role: 'lead', signed_up_at: Date.parse(date) / 1000 },
    customAttributes: {},
  });

describe('another time zone', () => {
  it('moves the days of segments that are there, and of what is written later', async () => {
    const evening = await signedUp('2025-12-31T23:30:00Z');
    const noon = await signedUp('2026-01-01T12:00:00Z');
    await muster.settled();
    const day = { field: 'signed_up_at', operator: '=', value: Date.UTC(2026, 0, 1, 12) / 1000 };
    const segment = await muster.segment('New Year', day);
    expect(await membersOf(segment.id)).toEqual([noon.id]);

    const settings = muster.get(WorkspaceSettingsRepository);
    expect(await settings.update(muster.workspaceId, { timeZone: 'UTC' })).toEqual([]);
    expect(await settings.update(muster.workspaceId, { timeZone: 'Europe/Berlin' })).toEqual([segment.id]);
    await waitFor(async () => (await membersOf(segment.id)).length === 2);
    const next = await signedUp('2025-12-31T23:45:00Z');
    await waitFor(async () => (await membersOf(segment.id)).includes(next.id));
    expect(await membersOf(segment.id)).toEqual([evening.id, noon.id, next.id]);
  });
});

describe('what Muster keeps of a contact', () => {
  it('is read by filters, under the name that Intercom misspells too', async () => {
    const { id } = await muster.user('on-android');
    await muster.settled();
    await muster.query(
      `UPDATE contact SET attributes = attributes || '{"location.country": "Ireland", "android_sdk_version": "9.1"}'
       WHERE id = decode($1, 'hex')`,
      [id],
    );
    const segment = await muster.segment('Irish', {
      operator: 'AND',
      value: [
        { field: 'andoid_sdk_version', operator: '^', value: '9' },
        { field: 'location.country', operator: '=', value: 'Ireland' },
      ],
    });

    expect(await membersOf(segment.id)).toEqual([id]);
  });
});

describe('custom attributes of the use cases', () => {
  const write = (customAttributes: object, partial: boolean) =>
    muster.contacts.create(
      muster.workspaceId,
      { attributes: { role: 'lead' }, customAttributes: { ...customAttributes } },
      { partial },
    );

  it('are declared, and left out when they are wrong and the caller wants that', async () => {
    await write({ seats: 3 }, false);
    await expect(write({ seats: 'three' }, false)).rejects.toThrow(
      'custom_attributes.seats: expected a finite',
    );
    const contact = await write({ seats: 'three', plan: 'pro' }, true);

    expect(contact.customAttributes).toEqual({ plan: 'pro' });
    expect(contact.warnings).toMatchObject([{ code: 'parameter_invalid', field: 'custom_attributes.seats' }]);
  });

  it('are told in part when there is room for some only', async () => {
    const [{ count = 0 } = {}] = await muster.query<{ count: number }>('SELECT count(*) FROM data_attribute');
    const fill = Object.fromEntries(Array.from({ length: 249 - count }, (_, i) => [`fill ${i}`, i]));
    await write(fill, false);
    const contact = await write({ 'the last': 1, 'one too many': 2 }, true);

    expect(contact.customAttributes).toEqual({ 'the last': 1 });
    expect(contact.warnings).toMatchObject([
      { code: 'custom_data_limit_reached', field: 'custom_attributes.one too many' },
    ]);
  });

  it('are looked up once, as long as all are known', async () => {
    const registries = muster.get(AttributeRegistries);
    const known = await registries.get(muster.workspaceId, ['plan']);

    expect(await registries.get(muster.workspaceId, ['plan', 'seats'])).toBe(known);
    expect(await registries.get(muster.workspaceId, ['plan', 'nowhere'])).not.toBe(known);
  });
});

describe('attributes as of a time', () => {
  const write = (asked: Partial<Asked>, options?: CheckOptions) =>
    muster.timed.accept(
      muster.workspaceId,
      { reference: { user_id: 'timed' }, at: muster.now, attributes: {}, customAttributes: {}, ...asked },
      options,
    );
  const stored = async () => {
    await muster.settled();
    return muster.finder.findByExternalId(muster.workspaceId, 'timed');
  };

  it('are checked like all that is written: none is accepted when one is wrong', async () => {
    await muster.user('timed', { seats: 1 });
    await expect(write({ attributes: { name: 'Timed', owner_id: 4_711 } })).rejects.toMatchObject({
      code: 'parameter_invalid',
      field: 'owner_id',
    });
    await expect(write({ customAttributes: { seats: 'many', plan: 'pro' } })).rejects.toMatchObject({
      errors: [{ code: 'parameter_invalid', field: 'custom_attributes.seats' }],
    });
    for (const name of ['external_id', 'email', 'role'])
      await expect(write({ attributes: { [name]: 'user' } })).rejects.toMatchObject({ field: name });
    const contact = await stored();
    expect({ ...contact.customAttributes }).toEqual({ seats: 1 });
    expect(contact.attributes['name']).toBeUndefined();
  });

  it('are written less what is wrong if that is asked for', async () => {
    const [owner] = await muster.get(AdminRepository).list(muster.workspaceId);
    const asked = { attributes: { owner_id: owner?.id ?? 0 }, customAttributes: { seats: 2, plan: [] } };
    expect(await write(asked, { partial: true })).toMatchObject([{ field: 'custom_attributes.plan' }]);
    const contact = await stored();
    expect({ ...contact.customAttributes }).toEqual({ seats: 2 });
    expect(contact.attributes['owner_id']).toBe(owner?.id);
  });
});

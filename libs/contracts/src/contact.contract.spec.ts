import { describe, expect, it } from '@jest/globals';
import { createContact, parse, updateContact } from './index.js';
import { refusalOf } from '../../../test/support/refusal.js';

const now = Math.floor(Date.now() / 1000);
const chars = (count: number) => 'x'.repeat(count);
const custom = (value: unknown) => ({ external_id: 'u1', custom_attributes: value });
const attributes = (count: number) =>
  custom(Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, index])));

describe('a contact is taken', () => {
  it.each<[string, Record<string, unknown>]>([
    ['with an e-mail only', { email: 'a@b.example' }],
    ['with an external id at its limit', { external_id: chars(255) }],
    ['as a lead that nothing is known of', { role: 'lead' }],
    ['with an e-mail at its limit', { email: `${chars(242)}@example.com` }],
    ['with a string at its limit', { external_id: 'u1', name: chars(255) }],
    ['with what the SDK types', { external_id: 'u1', owner_id: 1, avatar: 'https://a.example/b.png' }],
    ['with times from 1970', { external_id: 'u1', signed_up_at: 0, last_seen_at: now }],
    ['with a time that is a little ahead', { external_id: 'u1', signed_up_at: now + 86_000 }],
    ['with what is said of its e-mail', { email: 'a@b.example', email_verified: true }],
    ['with values to clear', { external_id: 'u1', name: null, signed_up_at: null }],
    ['with as many custom attributes as there may be', attributes(250)],
  ])('%s', (_, body) => {
    expect(parse(createContact, body)).toEqual(body);
  });

  it('with its e-mail in lower case', () => {
    expect(parse(createContact, { email: 'Ann@Example.COM' })).toEqual({ email: 'ann@example.com' });
  });

  it.each<[unknown, string | null]>([
    [{ image_url: 'https://a.example/b.png' }, 'https://a.example/b.png'],
    [{ type: 'avatar', image_url: 'https://a.example/b.png' }, 'https://a.example/b.png'],
    [{ image_url: null }, null],
    [null, null],
  ])('with the avatar that its answer has: %j', (avatar, url) => {
    expect(parse(updateContact, { avatar })).toEqual({ avatar: url });
  });

  it('for an update that changes nothing', () => {
    expect(parse(updateContact, {})).toEqual({});
  });
});

describe('a contact is refused, by name,', () => {
  it.each<[string, unknown, string | undefined, RegExp]>([
    ['that is no object', [], undefined, /expected an object/],
    ['that is named by nothing', { name: 'Ann' }, 'email', /expected email or external_id/],
    ['that is a lead with an external id', { role: 'lead', external_id: 'u1' }, 'external_id', /a lead/],
    ['of an unknown role', { role: 'admin' }, 'role', /"user" or "lead"/],
    ['with an empty external id', { external_id: '' }, 'external_id', /1 to 255/],
    ['with an external id over its limit', { external_id: chars(256) }, 'external_id', /1 to 255/],
    ['with a number for a string', { external_id: 7 }, 'external_id', /string/],
    ['with an e-mail that is none', { email: 'ann' }, 'email', /e-mail address/],
    ['with an e-mail over its limit', { email: `${chars(243)}@example.com` }, 'email', /at most 254/],
    ['with a string over its limit', { email: 'a@b.example', name: chars(256) }, 'name', /at most 255/],
    ['with an avatar that is no https URL', { email: 'a@b.c', avatar: 'http://a.b/c' }, 'avatar', /https/],
    ['with an avatar that is neither', { email: 'a@b.c', avatar: { url: 'x' } }, 'avatar', /image_url/],
    [
      'whose e-mail is said of, not sent',
      { external_id: 'a', email_verified: true },
      'email_verified',
      /toge/,
    ],
    ['whose e-mail goes', { external_id: 'a', email: null, email_verified: true }, 'email_verified', /toge/],
    ['with a time before 1970', { email: 'a@b.c', signed_up_at: -1 }, 'signed_up_at', /not before 1970/],
    ['with part of a second', { email: 'a@b.c', signed_up_at: 1.5 }, 'signed_up_at', /whole number/],
    ['with milliseconds', { email: 'a@b.c', last_seen_at: now * 1000 }, 'last_seen_at', /looks like millis/],
    [
      'with a time far ahead',
      { email: 'a@b.c', signed_up_at: now + 90_000 },
      'signed_up_at',
      /day in the fu/,
    ],
    ['with a time as text', { email: 'a@b.c', signed_up_at: '1700000000' }, 'signed_up_at', /unix seconds/],
    ['with an unknown key', { email: 'a@b.c', emial: 'x' }, 'emial', /unknown parameter/],
    ['with a key that only Muster writes', { email: 'a@b.c', created_at: 1 }, 'created_at', /unknown/],
    ['with custom attributes that are no object', custom([]), 'custom_attributes', /an object/],
    ['with too many custom attributes', attributes(251), 'custom_attributes', /at most 250/],
  ])('%s', (_, body, field, message) => {
    const [refusal, ...others] = refusalOf(createContact, body);

    expect(others).toEqual([]);
    expect(refusal?.field).toBe(field);
    expect(refusal?.message).toMatch(message);
  });

  it('with every problem it has', () => {
    const fields = refusalOf(createContact, { email: 1, name: 2, plan: 'pro' }).map((error) => error.field);

    expect(fields.sort()).toEqual(['email', 'name', 'plan']);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeAttributes } from '../attribute/write-attributes.js';
import { type Contact, newContact } from '../contact/contact.js';
import { gapsOf, takeTimes } from '../contact/merge-contacts.js';
import type { ActivityUpdate } from '../update/update.js';
import { TOUCH_KEYS } from './first-touch.js';
import { see } from './see.js';

const somebody = (): Contact => newContact(1, '65'.repeat(12), 0);
const activity = (createdAt: number, more: Partial<ActivityUpdate> = {}): ActivityUpdate => ({
  kind: 'activity',
  createdAt,
  platform: 'web',
  ...more,
});
const touch = (at: number, firstTouch: Record<string, string>) => activity(at, { firstTouch });

type Step = ActivityUpdate | ((contact: Contact) => unknown);

function apply(steps: readonly Step[]): Contact {
  const contact = somebody();
  for (const step of steps) {
    if (typeof step === 'function') step(contact);
    else see(contact, step);
  }
  return contact;
}

const after = (...steps: Step[]) => apply(steps).attributes;

const writes = (values: Record<string, string | null>) => (contact: Contact) =>
  writeAttributes(contact, values, 1_000);

describe('an activity', () => {
  it('moves last seen forwards, everywhere and on its app', () => {
    expect(
      after(activity(5), activity(9, { platform: 'ios' }), activity(7, { platform: 'ios' })),
    ).toMatchObject({
      last_seen_at: 9,
      ios_last_seen_at: 9,
    });
    expect(after(activity(5))).not.toHaveProperty('web_last_seen_at');
  });

  it('tells what it changed', () => {
    expect(see(somebody(), activity(5, { platform: 'android', attributes: { os: 'Android 15' } }))).toEqual([
      { key: 'last_seen_at', before: undefined, after: 5 },
      { key: 'android_last_seen_at', before: undefined, after: 5 },
      { key: 'os', before: undefined, after: 'Android 15' },
    ]);
    expect(see(somebody(), touch(5, { utm_source: 'ad' }))).toContainEqual({
      key: 'utm_source',
      before: undefined,
      after: 'ad',
    });
  });

  it('brings the device and the place of the latest, whatever came last', () => {
    const steps = [8, 9, 7].map((at) => activity(at, { attributes: { browser: `browser of ${at}` } }));
    expect(after(...steps)).toMatchObject({ browser: 'browser of 9' });
  });
});

describe('the first touch', () => {
  it.each<[string, Step[], Record<string, string>]>([
    [
      'is the earliest',
      [touch(9, { utm_source: 'late' }), touch(5, { utm_source: 'early' })],
      { utm_source: 'early' },
    ],
    ['stays', [touch(5, { utm_source: 'early' }), touch(9, { utm_source: 'late' })], { utm_source: 'early' }],
    [
      'is not filled from another',
      [touch(5, { referrer: 'r' }), touch(9, { utm_source: 'late' })],
      { referrer: 'r' },
    ],
    [
      'clears all of a later one',
      [touch(9, { utm_source: 'late' }), touch(5, { referrer: 'r' })],
      { referrer: 'r' },
    ],
    [
      'is none of an activity that has none',
      [activity(1), touch(9, { utm_source: 'a' })],
      { utm_source: 'a' },
    ],
    [
      'leaves what a client wrote',
      [writes({ utm_term: 'w' }), touch(5, { utm_term: 't', referrer: 'r' })],
      { utm_term: 'w', referrer: 'r' },
    ],
    [
      'gives way to what a client writes',
      [touch(5, { utm_term: 't' }), writes({ utm_term: 'w' })],
      { utm_term: 'w' },
    ],
    ['leaves what a client cleared', [writes({ utm_term: null }), touch(5, { utm_term: 't' })], {}],
  ])('%s', (_, steps, expected) => {
    const attributes = after(...steps);
    expect(
      Object.fromEntries(Object.entries(attributes).filter(([key]) => TOUCH_KEYS.some((k) => k === key))),
    ).toEqual(expected);
  });

  const value = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    fc
      .record({
        createdAt: fc.nat(5),
        firstTouch: fc.dictionary(fc.constantFrom('referrer', 'utm_source', 'utm_term'), value),
        attributes: fc.dictionary(fc.constantFrom('browser', 'os'), value),
      })
      .map((more) => activity(more.createdAt, more)),
    fc.record({ utm_source: value }, { requiredKeys: [] }).map(writes),
  );
  const steps = fc.array(step, { maxLength: 8 });

  it('ends alike whatever the order of arrival', () => {
    fc.assert(
      fc.property(steps, (list) => {
        expect(apply(list.toReversed())).toEqual(apply(list));
        expect(apply([...list, ...list])).toEqual(apply(list));
      }),
    );
  });

  it('ends alike whether contacts were merged before or after', () => {
    const writesNothing = steps.map((list) => list.filter((one) => typeof one !== 'function'));
    fc.assert(
      fc.property(steps, writesNothing, (mine, theirs) => {
        const [into, from] = [apply(mine), apply(theirs)];
        const gaps = gapsOf(into, from);
        writeAttributes(into, gaps.attributes, 2_000);
        takeTimes(into, from, Object.keys(gaps.attributes));
        const { attributes, attributeTimes } = apply([...mine, ...theirs]);
        expect(into).toMatchObject({ attributes, attributeTimes });
        expect(Object.keys(into.attributeTimes).sort()).toEqual(Object.keys(attributeTimes).sort());
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { type Attributes, type Contact, newContact } from './contact.js';
import { checkDuplicates, gapsOf, takeTimes } from './merge-contacts.js';

function contact(attributes: Attributes, customAttributes: Attributes = {}): Contact {
  const made = newContact(1, '0'.repeat(24), 100);
  return { ...made, attributes: { ...made.attributes, ...attributes }, customAttributes };
}

describe('what the survivor takes over', () => {
  it('is what it lacks, and nothing that is its own', () => {
    const into = contact({ role: 'user', external_id: 'u', name: 'User' }, { plan: 'pro', no: false });
    const from = contact(
      {
        role: 'lead',
        name: 'Lead',
        phone: '+1',
        email: 'a@b.example',
        email_domain: 'b.example',
        last_seen_at: 5,
      },
      { plan: 'free', no: true, source: 'ad' },
    );

    expect(gapsOf(into, from)).toEqual({
      attributes: { phone: '+1', email: 'a@b.example' },
      customAttributes: { source: 'ad' },
    });
  });

  it('is as old as it was, and the latest sight counts', () => {
    const into = contact({ last_seen_at: 7 });
    const from = contact({ last_seen_at: 9 });
    into.attributeTimes = { name: 50, phone: 60 };
    from.attributeTimes = { name: 10, phone: 20 };
    takeTimes(into, from, ['phone']);

    expect([into.attributes['last_seen_at'], into.attributeTimes]).toEqual([9, { name: 50, phone: 20 }]);
  });
});

describe('duplicates', () => {
  it.each<[string, Attributes, Attributes, boolean]>([
    ['share an address', { email: 'a@b.example' }, { email: 'a@b.example' }, true],
    ['share a phone', { email: 'a@b.example', phone: '1' }, { email: 'c@d.example', phone: '1' }, true],
    ['do not share what both lack', {}, {}, false],
    ['do not share a name', { name: 'A' }, { name: 'A' }, false],
  ])('%s', (_, one, other, shared) => {
    const check = () => checkDuplicates(contact(one), contact(other));

    if (shared) expect(check).not.toThrow();
    else expect(check).toThrow(/skip_duplicate_validation/);
  });
});

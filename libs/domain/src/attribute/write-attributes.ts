import type { AttributeValue, Attributes, Change, Contact, SubjectKey } from '../contact/contact.js';
import type { AttributesUpdate, WrittenUpdate } from '../update/update.js';
import { customName } from './standard-attributes.js';

type Values = Readonly<Record<string, AttributeValue | null>>;

/** Writes that were made at one time, by subject key. */
export function writesOf(update: Pick<AttributesUpdate, 'attributes' | 'customAttributes'>): Values {
  const custom = Object.entries(update.customAttributes).map(([name, value]) => [
    `custom_attributes.${name}`,
    value,
  ]);
  return { ...update.attributes, ...Object.fromEntries(custom) };
}

/**
 * Writes values into the contact as of `at` (unix seconds), and answers with what changed. A value that was written
 * later stays, and of two written at the same time the greater one does, so that every order of arrival ends alike.
 */
export function writeAttributes(contact: Contact, values: Values, at: number): Change[] {
  const changes: Change[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (!wins(contact, key, { value, at })) continue;
    contact.attributeTimes[key] = at;
    changes.push(...setValue(contact, key, value ?? undefined));
  }
  return changes.some((change) => change.key === 'email') ? [...changes, ...deriveDomain(contact)] : changes;
}

/** Sets one value, whenever it was written, and answers with the change if it is one. */
export function setValue(contact: Contact, key: SubjectKey, after: AttributeValue | undefined): Change[] {
  const before = read(contact, key);
  write(contact, key, after);
  return before === after ? [] : [{ key, before, after }];
}

/** Takes back what was written, so that the contact is again as it was before. */
export function undoWrite(contact: Contact, { changed }: WrittenUpdate): void {
  for (const [key, [before]] of Object.entries(changed)) write(contact, key, before ?? undefined);
}

/** The domain follows the address. */
function deriveDomain(contact: Contact): Change[] {
  const { email } = contact.attributes;
  const domain = typeof email === 'string' ? email.slice(email.lastIndexOf('@') + 1) : undefined;
  return setValue(contact, 'email_domain', domain);
}

/** The value of a standard or custom attribute by its subject key. */
function read(contact: Contact, key: SubjectKey): AttributeValue | undefined {
  const name = customName(key);
  return name === undefined ? contact.attributes[key] : contact.customAttributes[name];
}

function write(contact: Contact, key: SubjectKey, value: AttributeValue | undefined): void {
  const custom = customName(key);
  const target: Attributes = custom === undefined ? contact.attributes : contact.customAttributes;
  const name = custom ?? key;
  if (value === undefined) delete target[name];
  else target[name] = value;
}

/** Whether a write counts, beside the one that the contact has of the key. */
export function wins(
  contact: Contact,
  key: SubjectKey,
  write: { readonly value: AttributeValue | null; readonly at: number },
): boolean {
  const writtenAt = contact.attributeTimes[key];
  if (writtenAt === undefined || write.at > writtenAt) return true;
  return write.at === writtenAt && rank(write.value) > rank(read(contact, key) ?? null);
}

const rank = (value: AttributeValue | null): string => (value === null ? '' : JSON.stringify(value));

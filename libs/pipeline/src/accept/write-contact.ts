import { type Change, type Contact, writeAttributes } from '#domain';
import { formatPhone } from '#platform';

/** {@link writeAttributes}, and what follows from a phone, which the domain cannot read. */
export function writeContact(
  contact: Contact,
  values: Parameters<typeof writeAttributes>[1],
  at: number,
): Change[] {
  const changes = writeAttributes(contact, values, at);
  return 'phone' in values ? [...changes, ...deriveFormattedPhone(contact)] : changes;
}

function deriveFormattedPhone({ attributes }: Contact): Change[] {
  const { phone, formatted_phone: before } = attributes;
  const after = typeof phone === 'string' ? formatPhone(phone) : undefined;
  if (after === undefined) delete attributes['formatted_phone'];
  else attributes['formatted_phone'] = after;
  return before === after ? [] : [{ key: 'formatted_phone', before, after }];
}

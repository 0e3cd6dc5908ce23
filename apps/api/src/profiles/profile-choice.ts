import type { ProfileChoices } from '#contracts';
import type { Contact } from '#domain';

/** A contact of an address that several share. */
export function profileChoice({ id, attributes }: Contact, appId: string): ProfileChoices['data'][number] {
  const known = (name: string) => (typeof attributes[name] === 'string' ? attributes[name] : null);
  return {
    type: 'contact',
    id,
    role: known('role') ?? 'user',
    name: known('name'),
    external_id: known('external_id'),
    email: known('email') ?? '',
    url: `/apps/${appId}/users/${id}`,
  };
}

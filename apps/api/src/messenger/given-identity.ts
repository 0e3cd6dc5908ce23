import { givenNames } from '#contracts';
import type { DomainError } from '#domain';
import type { GivenIdentity } from '../identity/identity-check.js';
import type { PageData } from './page-data.js';
import { readEach } from './read-each.js';

/** Who a page says its visitor is. What cannot be a name is none, and told. */
export function readIdentity(data: PageData): {
  readonly identity: GivenIdentity;
  readonly warnings: readonly DomainError[];
} {
  const { values, warnings } = readEach(givenNames, data);
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : undefined);
  const identity = {
    userId: values.user_id ?? undefined,
    email: values.email ?? undefined,
    userHash: text('user_hash'),
    jwt: text('intercom_user_jwt'),
  };
  return { identity, warnings };
}

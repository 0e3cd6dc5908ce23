import { referenceOf, type WriteTagBody } from '#contracts';
import { DomainError, type ContactReference } from '#domain';
import type { CompanyReference, Target } from '#pipeline';

type Named<K extends 'users' | 'companies'> = NonNullable<WriteTagBody[K]>;

/** The contacts of a body. Throws `not_found` that names the one whose id is none. */
export const contactTargets = (users: Named<'users'>, all?: boolean): Target<ContactReference>[] =>
  users.map((user, i) => ({ reference: contactAt(user, `users.${i}`), untag: user.untag ?? all ?? false }));

export const companyTargets = (companies: Named<'companies'>, all?: boolean): Target<CompanyReference>[] =>
  companies.map(({ id, company_id = '', untag }) => ({
    reference: id === undefined ? { company_id } : { id },
    untag: untag ?? all ?? false,
  }));

function contactAt(user: Named<'users'>[number], field: string): ContactReference {
  try {
    return referenceOf(user);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, `${field}: ${error.message}`, field);
  }
}

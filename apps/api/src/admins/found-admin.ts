import type { Admin } from '#database';
import { DomainError } from '#domain';

/** The admin that was looked for. Throws admin_not_found. */
export function foundAdmin(admin: Admin | undefined, id: string | number): Admin {
  if (admin) return admin;
  throw new DomainError('admin_not_found', `Admin Not Found: there is none with the id ${id}`);
}

import { z } from 'zod';
import { type ContactReference, DomainError, isId } from '#domain';
import { email, externalId, MAX_NAME, text } from './values.js';

/** The ways to name the contact that something is about; more than one may be given. */
export const reference = {
  id: text(MAX_NAME, 1).optional(),
  user_id: externalId.optional(),
  email: email.optional(),
};

type ReferenceBody = { [K in keyof typeof reference]?: string | undefined };

/** Refuses a body that names no contact. */
export function namesContact(body: ReferenceBody, context: z.RefinementCtx): void {
  if (body.id === undefined && body.user_id === undefined && body.email === undefined)
    context.addIssue({ code: 'custom', path: ['user_id'], message: 'expected one of id, user_id or email' });
}

/** The first of id, user_id and email that can name a contact. Throws not_found when none can. */
export function referenceOf(body: ReferenceBody): ContactReference {
  if (body.id !== undefined && isId(body.id)) return { id: body.id };
  if (body.user_id !== undefined) return { user_id: body.user_id };
  if (body.email !== undefined) return { email: body.email };
  throw new DomainError('not_found', `There is no contact with the id ${body.id}`, 'id');
}

import { z } from 'zod';
import { customAttributes } from './attribute.contract.js';
import { namesContact, reference } from './contact-reference.js';
import { externalId, MAX_NAME, secondsOrNull, shortText, text } from './values.js';

const one = { id: text(MAX_NAME, 1).optional(), user_id: externalId.optional() };

/** `GET /visitors`, by the anonymous id or by ours. */
export const findVisitor = z.strictObject(one).superRefine(namesContact);

/** `PUT /visitors`: what is left out stays. */
export const updateVisitor = z
  .strictObject(
    { ...one, name: shortText.nullish(), custom_attributes: customAttributes.nullish() },
    'expected an object',
  )
  .superRefine(namesContact);

const named = z.strictObject(reference, 'expected an object').superRefine(namesContact);

/** `POST /visitors/convert` */
export const convertVisitor = z.strictObject(
  { type: z.enum(['user', 'lead'], 'expected "user" or "lead"'), user: named, visitor: named },
  'expected an object',
);

/** `visitorObject` of `#domain`. */
export const visitorAnswer = z.looseObject({
  type: z.literal('visitor'),
  id: z.string(),
  user_id: z.string(),
  anonymous: z.literal(true),
  app_id: z.string(),
  name: z.string().nullable(),
  last_request_at: secondsOrNull,
  created_at: secondsOrNull,
  session_count: z.int(),
  custom_attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type FindVisitorQuery = z.output<typeof findVisitor>;
export type UpdateVisitorBody = z.output<typeof updateVisitor>;
export type ConvertVisitorBody = z.output<typeof convertVisitor>;

import { z } from 'zod';
import { IDENTITY_VERIFICATIONS, isTimeZone, UNKNOWN_ATTRIBUTES } from '#domain';

const settings = {
  unknown_attributes: z.enum(UNKNOWN_ATTRIBUTES, `expected one of ${UNKNOWN_ATTRIBUTES.join(', ')}`),
  time_zone: z
    .string('expected a time zone')
    .refine(isTimeZone, 'expected the IANA name of a time zone: Europe/Berlin'),
  identity_verification: z.enum(
    IDENTITY_VERIFICATIONS,
    `expected one of ${IDENTITY_VERIFICATIONS.join(', ')}`,
  ),
};

/** `PUT /workspace`: what is left out stays. */
export const updateWorkspace = z.strictObject(
  {
    unknown_attributes: settings.unknown_attributes.optional(),
    time_zone: settings.time_zone.optional(),
    identity_verification: settings.identity_verification.optional(),
  },
  'expected an object',
);

export const workspaceAnswer = z.object({
  type: z.literal('workspace'),
  id: z.string(),
  unknown_attributes: settings.unknown_attributes,
  time_zone: z.string(),
  identity_verification: settings.identity_verification,
});

export type UpdateWorkspaceBody = z.output<typeof updateWorkspace>;
export type WorkspaceAnswer = z.output<typeof workspaceAnswer>;

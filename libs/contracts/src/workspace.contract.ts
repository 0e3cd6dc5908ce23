import { z } from 'zod';
import { IDENTITY_VERIFICATIONS, IP_ADDRESSES, isTimeZone, UNKNOWN_ATTRIBUTES } from '#domain';

const settings = {
  unknown_attributes: z.enum(UNKNOWN_ATTRIBUTES, `expected one of ${UNKNOWN_ATTRIBUTES.join(', ')}`),
  time_zone: z
    .string('expected a time zone')
    .refine(isTimeZone, 'expected the IANA name of a time zone: Europe/Berlin'),
  identity_verification: z.enum(
    IDENTITY_VERIFICATIONS,
    `expected one of ${IDENTITY_VERIFICATIONS.join(', ')}`,
  ),
  ip_addresses: z.enum(IP_ADDRESSES, `expected one of ${IP_ADDRESSES.join(', ')}`),
};

/** `PUT /workspace`: what is left out stays. */
export const updateWorkspace = z.strictObject(
  {
    unknown_attributes: settings.unknown_attributes.optional(),
    time_zone: settings.time_zone.optional(),
    identity_verification: settings.identity_verification.optional(),
    ip_addresses: settings.ip_addresses.optional(),
  },
  'expected an object',
);

export const workspaceAnswer = z.object({
  type: z.literal('workspace'),
  id: z.string(),
  unknown_attributes: settings.unknown_attributes,
  time_zone: z.string(),
  identity_verification: settings.identity_verification,
  ip_addresses: settings.ip_addresses,
});

export type UpdateWorkspaceBody = z.output<typeof updateWorkspace>;
export type WorkspaceAnswer = z.output<typeof workspaceAnswer>;

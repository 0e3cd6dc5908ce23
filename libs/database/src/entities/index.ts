import { AccessToken } from './access-token.entity.js';
import { Admin } from './admin.entity.js';
import { DataAttribute } from './data-attribute.entity.js';
import { Endpoint } from './endpoint.entity.js';
import { IdentitySecret } from './identity-secret.entity.js';
import { Segment } from './segment.entity.js';
import { SubscriptionType } from './subscription-type.entity.js';
import { Tag } from './tag.entity.js';
import { Workspace } from './workspace.entity.js';

/** Configuration is read and written through entities; what belongs to contacts moves in sets, by SQL. */
export const entities = [
  AccessToken,
  Admin,
  DataAttribute,
  Endpoint,
  IdentitySecret,
  Segment,
  SubscriptionType,
  Tag,
  Workspace,
];
export {
  AccessToken,
  Admin,
  DataAttribute,
  Endpoint,
  IdentitySecret,
  Segment,
  SubscriptionType,
  Tag,
  Workspace,
};
export type { ConsentType } from './subscription-type.entity.js';

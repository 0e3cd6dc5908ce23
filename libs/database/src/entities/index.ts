import { AccessToken } from './access-token.entity.js';
import { DataAttribute } from './data-attribute.entity.js';
import { Endpoint } from './endpoint.entity.js';
import { Segment } from './segment.entity.js';
import { Workspace } from './workspace.entity.js';

/** Configuration is read and written through entities; what belongs to contacts moves in sets, by SQL. */
export const entities = [AccessToken, DataAttribute, Endpoint, Segment, Workspace];
export { AccessToken, DataAttribute, Endpoint, Segment, Workspace };

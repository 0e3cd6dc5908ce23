import { AccessToken } from './access-token.entity.js';
import { Endpoint } from './endpoint.entity.js';
import { Segment } from './segment.entity.js';
import { Workspace } from './workspace.entity.js';

/** Configuration is read and written through entities; what belongs to contacts moves in sets, by SQL. */
export const entities = [AccessToken, Endpoint, Segment, Workspace];
export { AccessToken, Endpoint, Segment, Workspace };

import { hash } from 'node:crypto';
import { IntercomClient } from 'intercom-client';
import { WorkspaceRepository } from '#database';
import type { TestApi } from './api.js';

/** Another workspace of the same server, as its own client sees it: what it has, the first one must never see. */
export async function secondWorkspace({ app, store }: TestApi): Promise<{ id: number; sdk: IntercomClient }> {
  const token = 'a-token-of-another-workspace';
  const workspaces = new WorkspaceRepository(store.database);
  const id = await workspaces.ensureFirst('other', hash('sha256', token, 'hex'));
  return { id, sdk: new IntercomClient({ token, baseUrl: await app.getUrl(), maxRetries: 0 }) };
}

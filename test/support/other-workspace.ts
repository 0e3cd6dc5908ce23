import { hash, randomBytes } from 'node:crypto';
import type { IntercomClient } from 'intercom-client';
import request from 'supertest';
import { WorkspaceRepository } from '#database';
import type { TestApi } from './api.js';
import { sdkOf } from './sdk.js';

export interface OtherWorkspace extends Pick<TestApi, 'send' | 'workspaceId'> {
  readonly sdk: IntercomClient;
}

/** A workspace beside the one of the test, as its own clients see it: what it has, the first one must never see. */
export async function otherWorkspace({ app, store }: TestApi): Promise<OtherWorkspace> {
  const token = randomBytes(8).toString('hex');
  const workspaces = new WorkspaceRepository(store.database);
  return {
    workspaceId: await workspaces.ensureFirst(token, hash('sha256', token, 'hex')),
    send: (method, path) =>
      request(app.getHttpServer())[method](path).set('authorization', `Bearer ${token}`),
    sdk: await sdkOf({ app }, token),
  };
}

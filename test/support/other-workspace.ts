import { hash, randomBytes } from 'node:crypto';
import request from 'supertest';
import { WorkspaceRepository } from '#database';
import type { TestApi } from './api.js';

/** A workspace beside the one of the test, with a token of its own. */
export async function otherWorkspace({
  app,
  store,
}: TestApi): Promise<Pick<TestApi, 'send' | 'workspaceId'>> {
  const token = randomBytes(8).toString('hex');
  const workspaceId = await new WorkspaceRepository(store.database).ensureFirst(
    token,
    hash('sha256', token, 'hex'),
  );
  return {
    workspaceId,
    send: (method, path) =>
      request(app.getHttpServer())[method](path).set('authorization', `Bearer ${token}`),
  };
}

import { hash } from 'node:crypto';
import request from 'supertest';
import { WorkspaceRepository } from '#database';
import type { TestApi } from './api.js';

/** Makes another workspace, and answers with what sends requests with its token. */
export async function anotherWorkspace(api: TestApi, appId: string): Promise<TestApi['send']> {
  await new WorkspaceRepository(api.store.database).ensureFirst(appId, hash('sha256', appId, 'hex'));
  return (method, path) =>
    request(api.app.getHttpServer())[method](path).set('authorization', `Bearer ${appId}`);
}

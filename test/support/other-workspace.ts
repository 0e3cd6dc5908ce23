import { hash } from 'node:crypto';
import request from 'supertest';
import { WorkspaceRepository } from '#database';
import type { TestApi } from './api.js';

const OTHER_TOKEN = 'a-token-of-another-workspace';

/** Requests with the token of a second workspace: what the first one has is not there. */
export async function otherWorkspace({ app, store }: TestApi): Promise<TestApi['send']> {
  await new WorkspaceRepository(store.database).ensureFirst('other', hash('sha256', OTHER_TOKEN, 'hex'));
  return (method, path) =>
    request(app.getHttpServer())[method](path).set('authorization', `Bearer ${OTHER_TOKEN}`);
}

import { hash } from 'node:crypto';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { DatabaseModule, WorkspaceRepository } from '#database';
import { Clock, type Config, Logger, PlatformModule } from '#platform';
import { type JobName, migrateQueue, QueueModule } from '#queue';
import { ApiModule } from '../../apps/api/src/api.module.js';
import { prepareApi, apiOptions } from '../../apps/api/src/http/create-api.js';
import { httpAdapter } from '../../apps/api/src/http/http-adapter.js';
import { testConfig, TOKEN } from './config.js';
import { testDatabase, type TestDatabase } from './database.js';

export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly store: TestDatabase;
  readonly clock: MovableClock;
  readonly workspaceId: number;
  /** A request with the workspace's token. */
  send(method: 'get' | 'post' | 'put' | 'delete', path: string): request.Test;
  close(): Promise<void>;
}

/** The clock of the machine, moved by whole seconds at will. */
export class MovableClock extends Clock {
  private offset = 0;

  override now(): number {
    return super.now() + this.offset;
  }

  advance(seconds: number): void {
    this.offset += seconds;
  }
}

/** What a test wants besides the api: controllers and settings of its own, and the work of other processes. */
export interface Extras {
  readonly controllers?: Type[];
  readonly modules?: Type[];
  readonly jobs?: JobName[];
  readonly settings?: Partial<Config>;
}

/** The api over a database of its own, with one workspace `demo`. */
export async function testApi(extras: Extras = {}): Promise<TestApi> {
  const store = await testDatabase();
  await migrateQueue(store.url);
  const workspaceId = await new WorkspaceRepository(store.database).ensureFirst(
    'demo',
    hash('sha256', TOKEN, 'hex'),
  );
  const clock = new MovableClock();
  const config = testConfig({ DATABASE_URL: store.url, ...extras.settings });
  const app = await start(config, clock, extras);
  return {
    app,
    store,
    clock,
    workspaceId,
    send: (method, path) =>
      request(app.getHttpServer())[method](path).set('authorization', `Bearer ${TOKEN}`),
    async close() {
      await app.close();
      await store.drop();
    },
  };
}

async function start(
  config: Config,
  clock: Clock,
  { controllers = [], modules = [], jobs = [] }: Extras,
): Promise<NestFastifyApplication> {
  const logger = Logger.at('silent');
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(config, logger),
      DatabaseModule,
      QueueModule.forRoot(jobs),
      ApiModule,
      ...modules,
    ],
    controllers,
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(httpAdapter(config), apiOptions);
  prepareApi(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

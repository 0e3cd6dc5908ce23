import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { allowFuture } from '#contracts';
import { CONFIG, type Config, Logger } from '#platform';
import { serveDocs } from '../docs/docs.js';
import { httpAdapter } from './http-adapter.js';

/** Bodies are read by {@link httpAdapter}; log lines wait for the logger; a failed start is for `runProcess` to tell. */
export const apiOptions = { bodyParser: false, bufferLogs: true, abortOnError: false } as const;

/** The HTTP server over a module that has `ApiModule` in it, ready to listen. */
export async function createApi(
  module: Type | DynamicModule,
  config: Config,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(config), apiOptions);
  prepareApi(app);
  return app;
}

/** What has to be done to an application that was made from {@link httpAdapter} and {@link apiOptions}. */
export function prepareApi(app: NestFastifyApplication): void {
  allowFuture(app.get<Config>(CONFIG).MUSTER_MAX_FUTURE);
  app.useLogger(app.get(Logger));
  serveDocs(app);
}

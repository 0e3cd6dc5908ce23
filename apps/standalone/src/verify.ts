import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '#database';
import { Verifier, VerifyModule } from '#pipeline';
import {
  type Config,
  type Environment,
  loadEnvironment,
  Logger,
  PlatformModule,
  type Running,
  runProcess,
  StartError,
} from '#platform';
import { EmbeddedPostgres } from './postgres/embedded-postgres.js';
import { runningPostgres } from './postgres/running-postgres.js';
import { verdictText } from './verdict-text.js';

/** npm run verify: looks at a running Muster or at a stopped one, and changes nothing. */
await runProcess(async (running) => {
  const environment = loadEnvironment(process.env);
  const url = environment.DATABASE_URL ?? (await embedded(environment, running));
  // Nothing that is sealed is read.
  const config: Config = { ...environment, DATABASE_URL: url, MUSTER_SECRET_KEY: 'not needed here' };
  @Module({ imports: [PlatformModule.forRoot(config), DatabaseModule, VerifyModule] })
  class Verify {}
  const app = await NestFactory.createApplicationContext(Verify, { logger: Logger.at('error') });
  running.defer(() => app.close());
  const verdict = await app.get(Verifier).run();
  process.stdout.write(verdictText(verdict));
  if (verdict.differences.length > 0)
    running.fail(new StartError('what is kept differs from what it follows from'));
  else running.interrupt();
});

async function embedded({ MUSTER_DATA_DIR }: Environment, running: Running): Promise<string> {
  const dataDir = resolve(MUSTER_DATA_DIR);
  if (!existsSync(dataDir))
    throw new StartError(`there is no data directory ${dataDir}: set MUSTER_DATA_DIR or DATABASE_URL`);
  const url = runningPostgres(dataDir);
  if (url !== undefined) return url;
  const postgres = new EmbeddedPostgres({ dataDir, durable: true });
  running.defer(() => postgres.stop());
  return postgres.start();
}

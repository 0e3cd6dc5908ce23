import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { assertMigrated, DatabaseModule } from '#database';
import { loadConfig, Logger, PlatformModule, runProcess } from '#platform';
import { assertRedis, QueueModule } from '#queue';
import { WorkerModule } from './worker.module.js';

await runProcess(async (running) => {
  const config = loadConfig(process.env);
  await assertMigrated(config.DATABASE_URL);
  await assertRedis(config.REDIS_URL);
  const logger = Logger.at(config.LOG_LEVEL);
  const app = await NestFactory.createApplicationContext(
    {
      module: WorkerModule,
      imports: [
        PlatformModule.forRoot(config, logger),
        DatabaseModule,
        QueueModule.forRoot(['apply.lanes', 'backfill.segment', 'export.data', 'inbound.items']),
      ],
    },
    { logger, abortOnError: false },
  );
  running.defer(() => app.close());
  process.stdout.write('muster worker works\n');
});

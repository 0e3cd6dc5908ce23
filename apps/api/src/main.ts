import 'reflect-metadata';
import { assertMigrated, DatabaseModule } from '#database';
import { loadConfig, PlatformModule, runProcess } from '#platform';
import { assertRedis, QueueModule } from '#queue';
import { ApiModule } from './api.module.js';
import { createApi } from './http/create-api.js';
import { listen } from './listen.js';

await runProcess(async (running) => {
  const config = loadConfig(process.env);
  await assertMigrated(config.DATABASE_URL);
  await assertRedis(config.REDIS_URL);
  const imports = [PlatformModule.forRoot(config), DatabaseModule, QueueModule.forRoot()];
  const app = await createApi({ module: ApiModule, imports }, config);
  running.defer(() => app.close());
  const address = await listen(app, config);
  process.stdout.write(`muster api listens on ${address}\n`);
});

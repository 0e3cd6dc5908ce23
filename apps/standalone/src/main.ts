import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import {
  type Config,
  type Environment,
  loadEnvironment,
  LOOPBACK_TARGETS,
  type Running,
  runProcess,
} from '#platform';
import { assertRedis } from '#queue';
import { createApi } from '../../api/src/http/create-api.js';
import { listen } from '../../api/src/listen.js';
import { keptSecret, openDataDir } from './data-dir.js';
import { EmbeddedPostgres } from './postgres/embedded-postgres.js';
import { ensureWorkspace, prepareDatabase } from './prepare-database.js';
import { StandaloneModule } from './standalone.module.js';
import { welcome } from './welcome.js';

await runProcess(async (running) => {
  const environment = loadEnvironment(process.env);
  const dataDir = openDataDir(environment.MUSTER_DATA_DIR);
  await assertRedis(environment.REDIS_URL);
  const config = environment.DATABASE_URL
    ? (environment as Config)
    : await embedded(environment, dataDir, running);
  await prepareDatabase(config.DATABASE_URL, config);
  const token = config.MUSTER_TOKEN ?? keptSecret(dataDir, 'token', 'muster_');
  await ensureWorkspace(config.DATABASE_URL, config.MUSTER_APP_ID, token);
  const app = await createApi(StandaloneModule.with(config), config);
  running.defer(() => app.close());
  const address = await listen(app, config);
  const externalId = `ada-${randomBytes(3).toString('hex')}`;
  process.stdout.write(welcome({ address, appId: config.MUSTER_APP_ID, token, externalId }));
});

/** Starts Postgres, and fills in what only then is known. */
async function embedded(environment: Environment, dataDir: string, running: Running): Promise<Config> {
  const postgres = new EmbeddedPostgres({ dataDir, durable: true, onLost: (error) => running.fail(error) });
  running.defer(() => postgres.stop());
  return {
    ...environment,
    DATABASE_URL: await postgres.start(),
    MUSTER_SECRET_KEY: environment.MUSTER_SECRET_KEY ?? keptSecret(dataDir, 'secret-key'),
    MUSTER_ALLOW_TARGETS: environment.MUSTER_ALLOW_TARGETS ?? LOOPBACK_TARGETS,
  };
}

import 'reflect-metadata';
import { loadConfig, runProcess } from '#platform';
import { ensureWorkspace, prepareDatabase } from './prepare-database.js';

/** What a deployment runs before its processes: tables, and with `MUSTER_TOKEN` the first workspace. */
await runProcess(async (running) => {
  const config = loadConfig(process.env);
  await prepareDatabase(config.DATABASE_URL, config);
  if (config.MUSTER_TOKEN)
    await ensureWorkspace(config.DATABASE_URL, config.MUSTER_APP_ID, config.MUSTER_TOKEN);
  process.stdout.write('the database is up to date\n');
  running.interrupt();
});

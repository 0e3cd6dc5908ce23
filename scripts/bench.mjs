/** npm run bench [-- accept apply batch deliver latency read search surroundings]: each benchmark beside its floor, in one run, on a Postgres of its own. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

const ALL = ['accept', 'apply', 'batch', 'deliver', 'latency', 'read', 'search', 'surroundings'];

await prepare();
const { EmbeddedPostgres, removeEmbeddedPostgres } =
  await import('../dist/apps/standalone/src/postgres/embedded-postgres.js');

const dataDir = mkdtempSync(join(tmpdir(), 'muster-bench-'));
chmodSync(dataDir, 0o755);
const postgres = new EmbeddedPostgres({ dataDir, durable: true });
let running;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill('SIGTERM');
  });
}

try {
  const url = await postgres.start();
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : ALL) if (!interrupted) await run(name, url);
} finally {
  await postgres.stop();
  removeEmbeddedPostgres(dataDir);
}

function run(name, url) {
  process.stdout.write(`\n${name}\n`);
  running = spawn(process.execPath, ['--max-semi-space-size=64', `dist/bench/${name}.js`], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, MUSTER_BENCH_DATABASE_URL: url },
  });
  return new Promise((resolve) =>
    running.once('exit', (code) => {
      if (code !== 0) process.exitCode = 1;
      resolve();
    }),
  );
}

/** npm test [-- name]: every test, against a Postgres of its own that is thrown away afterwards. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, prepare, root } from './prepare.mjs';

await prepare();
const { EmbeddedPostgres, removeEmbeddedPostgres } =
  await import('../dist/apps/standalone/src/postgres/embedded-postgres.js');

assertRedis();
assertChromium();
const dataDir = mkdtempSync(join(tmpdir(), 'muster-test-'));
chmodSync(dataDir, 0o755);
const postgres = new EmbeddedPostgres({ dataDir, durable: false });
let jest;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    if (jest) process.kill(-jest.pid, 'SIGTERM');
  });
}

process.exitCode = await main();

async function main() {
  try {
    const url = process.env.MUSTER_TEST_DATABASE_URL || (await postgres.start());
    return interrupted ? 1 : await runJest(url);
  } catch (error) {
    process.stderr.write(`\nmuster: ${error.message}\n`);
    return 1;
  } finally {
    await postgres.stop();
    removeEmbeddedPostgres(dataDir);
  }
}

async function runJest(databaseUrl) {
  const report = join(dataDir, 'report.json');
  // What tests leave when they are interrupted goes with the rest.
  const temporary = mkdtempSync(join(dataDir, 'tmp-'));
  chmodSync(temporary, 0o1777);
  const options = ['--json', `--outputFile=${report}`, ...process.argv.slice(2)];
  jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...options,
    ],
    {
      cwd: root,
      // A group of its own, so that an interruption reaches the processes that tests start, through us.
      detached: true,
      // The JSON that jest writes to standard output as well is of no use to a reader; its own words go to stderr.
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, MUSTER_TEST_DATABASE_URL: databaseUrl, TMPDIR: temporary },
    },
  );
  const code = await new Promise((resolve) => jest.once('exit', resolve));
  summarise(report);
  return code ?? 1;
}

/** The closing line that continuous integration reads. */
function summarise(report) {
  if (!existsSync(report)) return;
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const skipped = numPendingTests ? `, ${numPendingTests} skipped` : '';
  process.stdout.write(
    `\n${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}\n`,
  );
}

/** Tests on Redis start servers of their own; where they cannot, they are skipped. */
function assertRedis() {
  const found = process.env.REDIS_URL || spawnSync('redis-server', ['--version']).status === 0;
  if (found) return;
  if (process.env.MUSTER_REQUIRE_REDIS === '1') fail('the tests on Redis are required: install redis-server');
  process.stdout.write(
    'redis-server is not on the PATH and REDIS_URL is not set: the tests on Redis are SKIPPED\n',
  );
}

/** Tests of the snippet drive a browser; where there is none, they are skipped. */
function assertChromium() {
  const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const places = [process.env.CHROMIUM, ...usual];
  if (places.some((path) => path && existsSync(path))) return;
  const required = process.env.MUSTER_REQUIRE_CHROMIUM === '1' || process.env.CI === 'true';
  if (required) fail('the tests in a browser are required: install chromium, or set CHROMIUM to its path');
  process.stdout.write('There is no chromium, and CHROMIUM is not set: the tests in a browser are SKIPPED\n');
}

/** Brings a checkout to where it can run: Node checked, packages installed, sources compiled; what is done already is not done again. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSnippet } from './snippet.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

const LEAST_NODE = [20, 19];
const BUILT = join(root, 'dist/.built');

/** Ends the process with one line when something is missing that only the user can put right. */
export async function prepare() {
  assertNode();
  if (!isInstalled()) await install();
  if (!isBuilt()) await build();
}

export function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  fail(
    `Muster needs Node ${LEAST_NODE.join('.')} or newer, and this is ${process.versions.node}: update Node`,
  );
}

/** npm notes in node_modules what it has put there: compared with the lock file, whatever the files' times say. */
export function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version,
  );
}

/** Never through a link: npm would empty the packages of another checkout first. */
export async function install() {
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    fail('node_modules is a link to packages other than those of package-lock.json: remove the link');
  process.stdout.write('Installing packages, once …\n');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  await run(command, [...first, 'ci', '--include=dev', '--loglevel=error'], 'npm ci failed');
}

async function build() {
  process.stdout.write('Compiling …\n');
  const fingerprint = sourcesFingerprint();
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], 'the sources do not compile');
  await writeSnippet();
  writeFileSync(BUILT, fingerprint);
}

function isBuilt() {
  return existsSync(BUILT) && readFileSync(BUILT, 'utf8') === sourcesFingerprint();
}

/** Names, sizes and times of all that the compiler reads: a few milliseconds, where compiling takes seconds. */
function sourcesFingerprint() {
  const hash = createHash('sha256');
  const files = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts/snippet.mjs',
  ];
  for (const folder of ['apps', 'bench', 'demo', 'libs']) {
    const inside = readdirSync(join(root, folder), { recursive: true });
    files.push(...inside.filter((file) => /\.[jt]s$/.test(file)).map((file) => join(folder, file)));
  }
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Runs a program quietly; what it said is shown only when it fails. It never outlives this process. */
function run(command, options, failure) {
  const child = spawn(command, options, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const stop = endWith(child);
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`${failure}: ${error.message}`));
    child.once('close', (code) => {
      stop();
      if (code === 0) resolve();
      else fail(`${failure}:\n\n${Buffer.concat(said)}`);
    });
  });
}

/** Passes the signals that would end this process on to a child, and then ends. @returns what stops doing so */
function endWith(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const end = (signal) => {
    child.kill(signal);
    process.exit(1);
  };
  for (const signal of signals) process.on(signal, end);
  return () => signals.forEach((signal) => process.off(signal, end));
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

export function fail(message) {
  process.stderr.write(`\nmuster: ${message}\n`);
  process.exit(1);
}

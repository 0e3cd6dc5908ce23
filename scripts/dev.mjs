/** npm run dev: compiles at every change, and starts again with what was compiled. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare();
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const children = [
  [tsc, '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'],
  ['--watch', '--watch-preserve-output', 'dist/apps/standalone/src/main.js'],
].map((options) => spawn(process.execPath, options, { cwd: root, stdio: 'inherit' }));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => children.forEach((child) => child.kill(signal)));
for (const child of children)
  child.once('exit', () => children.forEach((other) => other.exitCode ?? other.kill('SIGTERM')));

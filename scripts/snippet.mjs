/** Makes one small script of the modules of apps/snippet, for pages that load nothing else. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'apps/snippet/src');
const target = join(root, 'dist/apps/snippet/snippet.js');

/** Each after those that it imports. They share a function then: no two may have a name in common. */
const FILES = ['new-id', 'shelf', 'cookies', 'outbox', 'throttle', 'page', 'commands', 'main'];

/** Packages may still have to be installed when this file is read. */
export async function writeSnippet() {
  const { minify } = await import('@swc/core');
  const parts = FILES.map((name) => withoutModule(readFileSync(join(folder, `${name}.js`), 'utf8')));
  const source = `(() => {'use strict';\n${parts.join('\n')}})();`;
  const { code } = await minify(source, { compress: { passes: 3 }, mangle: true, ecma: 2020, module: false });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}

const withoutModule = (source) => source.replaceAll(/^import [^;]*;$/gm, '').replaceAll(/^export /gm, '');

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeSnippet();

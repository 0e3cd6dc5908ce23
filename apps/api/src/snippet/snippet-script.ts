import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Injectable } from '@nestjs/common';

const { resolve } = createRequire(import.meta.url);

/** The script as it is served; its tag changes with it. */
interface Script {
  readonly text: string;
  readonly etag: string;
}

/** The script that pages load, as `npm run build` makes it of apps/snippet. */
@Injectable()
export class SnippetScript {
  private script: Promise<Script> | undefined;

  /** It is read once. */
  get(): Promise<Script> {
    return (this.script ??= read());
  }
}

async function read(): Promise<Script> {
  const text = await readFile(resolve('#snippet'), 'utf8');
  return { text, etag: `"${hash('sha256', text, 'hex')}"` };
}

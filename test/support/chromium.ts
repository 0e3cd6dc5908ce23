import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import { type Browser, launch } from 'puppeteer-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const executablePath = [process.env['CHROMIUM'] ?? '', ...PLACES].find((path) => existsSync(path));

/** Describes behaviour in a browser: skipped where there is none. `CHROMIUM` says where it is, if not where most are. */
export const describeWithChromium = executablePath ? describe : describe.skip;

/** A browser without a window. Whoever runs the tests as root, as containers do, has no sandbox. */
export function startChromium(): Promise<Browser> {
  return launch({
    executablePath: executablePath ?? '',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--lang=en-GB'],
  });
}

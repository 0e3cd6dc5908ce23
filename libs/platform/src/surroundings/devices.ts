import { Injectable } from '@nestjs/common';
import Bowser from 'bowser';
import { LRUCache } from 'lru-cache';
import { cleanText } from '#domain';

/** What a user agent says of itself; what it does not say, or says in a way that nobody knows, is undefined. */
export interface Device {
  /** `Chrome`, `Safari`, `Microsoft Edge`. */
  readonly browser?: string | undefined;
  /** As the browser has it: `126.0.0.0`. */
  readonly browserVersion?: string | undefined;
  /** `macOS`, `Windows`, `iOS`: no version, since browsers do not tell the true one any more. */
  readonly os?: string | undefined;
  /** A program that reads pages by itself: nobody was there. */
  readonly bot: boolean;
}

/** Longest text that is read, in characters: what a browser has to say is said by then. */
const MAX_USER_AGENT = 512;
const REMEMBERED_USER_AGENTS = 10_000;

/** How programs say that they are none of those that are known by name. CUBOT makes telephones. */
const SAYS_BOT = /(?<!cu)bot\b|crawler|spider|slurp|\+https?:\/\//i;

const BROWSERS: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP));
const SYSTEMS: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP));

/** Tells devices by the user agents that they send. Reading one takes tens of microseconds, so answers are kept. */
@Injectable()
export class Devices {
  private readonly known = new LRUCache<string, Device>({ max: REMEMBERED_USER_AGENTS });

  find(userAgent: string): Device {
    const text = userAgent.slice(0, MAX_USER_AGENT);
    const known = this.known.get(text);
    if (known) return known;
    const device = read(text);
    this.known.set(text, device);
    return device;
  }
}

function read(userAgent: string): Device {
  if (userAgent === '') return { bot: false };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const name = browser.name !== undefined && BROWSERS.has(browser.name) ? browser.name : undefined;
  return {
    browser: name,
    browserVersion: name && cleanText(browser.version),
    os: os.name !== undefined && SYSTEMS.has(os.name) ? os.name : undefined,
    bot: platform.type === 'bot' || SAYS_BOT.test(userAgent),
  };
}

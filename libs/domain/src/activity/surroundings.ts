import type { Platform } from '../update/update.js';

/** What a mobile SDK says of its app and its device (reference 1.1). */
export interface MobileApp {
  readonly appName?: string | undefined;
  readonly appVersion?: string | undefined;
  readonly device?: string | undefined;
  readonly osVersion?: string | undefined;
  readonly sdkVersion?: string | undefined;
}

/** Where a page was reached from. `referrer` is a URL; the rest are the UTM parameters of the landing page. */
export interface Touch {
  readonly referrer?: string | undefined;
  readonly campaign?: string | undefined;
  readonly source?: string | undefined;
  readonly medium?: string | undefined;
  readonly term?: string | undefined;
  readonly content?: string | undefined;
}

/** What a source says of the device that a contact was seen with, and of where that was, as it came. */
export interface Surroundings {
  readonly platform: Platform;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  /** As browsers write it: `en-GB`. */
  readonly language?: string | undefined;
  /** An IANA name: `Europe/Dublin`. */
  readonly timezone?: string | undefined;
  readonly mobile?: MobileApp | undefined;
  readonly touch?: Touch | undefined;
}

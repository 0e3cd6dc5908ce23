import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type AttributeValue, cleanText, given, isTimeZone, type Surroundings, type Touch } from '#domain';
import { type Device, Devices } from '#platform';
import { Addresses } from './addresses.js';

type Values = Readonly<Record<string, AttributeValue | null>>;

/** Surroundings as attributes, by API name; null where another device or place is known, but not this of it. */
export interface Described {
  readonly attributes: Values;
  readonly firstTouch: Readonly<Record<string, string>>;
  /** Nobody was there: a program read a page by itself. */
  readonly bot: boolean;
}

export const NOTHING_DESCRIBED: Described = { attributes: {}, firstTouch: {}, bot: false };

const BOT: Described = { ...NOTHING_DESCRIBED, bot: true };

/** There are some 600 time zones, and any text may be taken for one. */
const REMEMBERED_ZONES = 1_000;

/** Tells device and place from what a source says of them. */
@Injectable()
export class DeviceAndPlace {
  private readonly zones = new LRUCache<string, boolean>({ max: REMEMBERED_ZONES });

  constructor(
    private readonly devices: Devices,
    private readonly addresses: Addresses,
  ) {}

  /** Whatever the texts are, they are no reason to refuse anything: what tells nothing is left out. */
  async describe(workspaceId: number, seen: Surroundings): Promise<Described> {
    const device = seen.userAgent === undefined ? undefined : this.devices.find(seen.userAgent);
    if (device?.bot) return BOT;
    // Not by spreading: that takes several times as long, and every sign of life comes by here.
    const attributes: Record<string, AttributeValue | null> = Object.assign(
      {},
      seen.ip && (await this.addresses.describe(workspaceId, seen.ip)),
      seen.platform === 'web' ? browserOf(device) : appOf(seen),
    );
    const [language, timezone] = [languageOf(seen), this.zoneOf(seen)];
    if (language !== undefined) attributes['browser_language'] = language;
    if (timezone !== undefined) attributes['location.timezone'] = timezone;
    return { attributes, firstTouch: seen.touch ? firstTouchOf(seen.touch) : {}, bot: false };
  }

  /** What the device says of it; finding out whether there is such a zone takes long. */
  private zoneOf({ timezone }: Surroundings): string | undefined {
    const zone = cleanText(timezone);
    if (zone === undefined) return undefined;
    const known = this.zones.get(zone) ?? isTimeZone(zone);
    this.zones.set(zone, known);
    return known ? zone : undefined;
  }
}

/** Of a browser that nobody knows nothing is said, but of one that is known all is. */
function browserOf(device: Device | undefined): Values {
  if (device?.browser === undefined && device?.os === undefined) return {};
  const { browser = null, browserVersion = null, os = null } = device;
  return { browser, browser_version: browserVersion, os };
}

function appOf({ platform, mobile }: Surroundings): Values {
  return given({
    [`${platform}_app_name`]: cleanText(mobile?.appName),
    [`${platform}_app_version`]: cleanText(mobile?.appVersion),
    [`${platform}_device`]: cleanText(mobile?.device),
    [`${platform}_os_version`]: cleanText(mobile?.osVersion),
    [`${platform}_sdk_version`]: cleanText(mobile?.sdkVersion),
  }) as Values;
}

/** A header may list several, the favourite first; `*` is any. */
function languageOf({ language }: Surroundings): string | undefined {
  const favourite = cleanText(language?.split(/[,;]/, 1)[0]);
  return favourite === '*' ? undefined : favourite;
}

function firstTouchOf(touch: Touch): Record<string, string> {
  return given({
    referrer: cleanText(touch.referrer),
    utm_campaign: cleanText(touch.campaign),
    utm_source: cleanText(touch.source),
    utm_medium: cleanText(touch.medium),
    utm_term: cleanText(touch.term),
    utm_content: cleanText(touch.content),
  }) as Record<string, string>;
}

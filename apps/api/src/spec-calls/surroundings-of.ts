import { MAX_URL, type SpecCall } from '#contracts';
import { given, type MobileApp, type Surroundings, type Touch, touchOf } from '#domain';
import { type Facts, factsAt, textAt } from './facts.js';
import { platformOf } from './sign-of-life.js';

/** Who sent the request that a call came in. */
export interface Sender {
  readonly ip: string;
  readonly userAgent: string | undefined;
}

/**
 * What a call says of device and place; undefined when nothing. @param sender of a call that the person's own device
 * sent: what the call leaves out is seen from the request
 */
export function surroundingsOf(call: SpecCall, sender: Sender | undefined): Surroundings | undefined {
  const { type, context } = call;
  if (!sender && type !== 'page' && isBare(context)) return undefined;
  const platform = platformOf(call);
  const seen = given({
    ip: textAt(context, 'ip') ?? sender?.ip,
    userAgent: textAt(context, 'userAgent', MAX_URL) ?? (platform === 'web' ? sender?.userAgent : undefined),
    language: textAt(context, 'locale'),
    timezone: textAt(context, 'timezone'),
    mobile: platform === 'web' ? undefined : mobileOf(context),
    touch: touchIn(context, pageOf(call)),
  });
  return Object.keys(seen).length === 0 ? undefined : { platform, ...seen };
}

/** Most calls of servers tell nothing but what sent them. */
function isBare(context: Facts): boolean {
  for (const name in context) if (name !== 'library') return false;
  return true;
}

function mobileOf(context: Facts): MobileApp | undefined {
  const app = factsAt(context, 'app');
  return some({
    appName: textAt(app, 'name'),
    appVersion: textAt(app, 'version'),
    device: textAt(factsAt(context, 'device'), 'model'),
    osVersion: textAt(factsAt(context, 'os'), 'version'),
    sdkVersion: textAt(factsAt(context, 'library'), 'version'),
  });
}

/** The page that was seen, or that the call was made from. */
function pageOf({ context, ...call }: SpecCall): Facts {
  const page = factsAt(context, 'page');
  return call.type === 'page' ? { ...call.properties, ...page } : page;
}

/** What the call tells itself goes before what the page's URL has. */
function touchIn(context: Facts, page: Facts): Touch | undefined {
  const campaign = factsAt(context, 'campaign');
  const told = given({
    campaign: textAt(campaign, 'name'),
    source: textAt(campaign, 'source'),
    medium: textAt(campaign, 'medium'),
    term: textAt(campaign, 'term'),
    content: textAt(campaign, 'content'),
  });
  return some({ ...touchOf(textAt(page, 'url', MAX_URL), textAt(page, 'referrer', MAX_URL)), ...told });
}

function some<T extends object>(values: T): T | undefined {
  return Object.values(values).some((value) => value !== undefined) ? (given(values) as T) : undefined;
}

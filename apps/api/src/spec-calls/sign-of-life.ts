import type { SpecCall } from '#contracts';
import type { Platform } from '#domain';
import { factsAt, textAt } from './facts.js';

/** Libraries that run in browsers, and those that run in apps, of Segment and of RudderStack, as they name themselves. */
const IN_BROWSERS = /^(analytics\.js|analytics-next|RudderLabs JavaScript SDK)/i;
const IN_APPS =
  /react-native|flutter|^analytics[-_](ios|swift|android|kotlin)|^rudder.*(ios|swift|android)|^com\.rudderstack\./i;

/** How RudderStack marks what comes from a client, whatever its library. */
const CHANNELS: readonly unknown[] = ['web', 'mobile'];

type Told = Pick<SpecCall, 'type' | 'context' | 'channel'>;

const libraryOf = ({ context }: Told): string => textAt(factsAt(context, 'library'), 'name') ?? '';

/** Whether the call comes from where the person is. */
export function isFromClient(call: Told): boolean {
  const library = libraryOf(call);
  return IN_BROWSERS.test(library) || IN_APPS.test(library) || CHANNELS.includes(call.channel);
}

/**
 * Whether the person was there: it saw a page or a screen, or the call comes from its device, or says so. What a server
 * has to tell of somebody is none.
 */
export function isSignOfLife({ type, context }: Told, fromClient: boolean): boolean {
  return fromClient || type === 'page' || type === 'screen' || context['active'] === true;
}

/** What the person was seen on: an app tells it by its system, its device or its library. */
export function platformOf(call: Told): Platform {
  const { type, context, channel } = call;
  if (type === 'page' || channel === 'web' || IN_BROWSERS.test(libraryOf(call))) return 'web';
  const device = factsAt(context, 'device');
  const told = [textAt(factsAt(context, 'os'), 'name'), textAt(device, 'type'), libraryOf(call)];
  const text = told.join(' ');
  if (/\b(ios|ipados|iphone os|swift)\b/i.test(text)) return 'ios';
  return /android|kotlin/i.test(text) ? 'android' : 'web';
}

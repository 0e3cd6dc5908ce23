import { type CallOf, eventName, MAX_METADATA, MAX_METADATA_NAME } from '#contracts';
import { type DomainError, MAX_ATTRIBUTE_STRING } from '#domain';
import type { Signal } from '#pipeline';
import { type Facts, leftOut } from './facts.js';

/** An event to be recorded, and what was left out of it. */
export interface ReadEvent {
  readonly event: Signal['event'];
  readonly warnings: readonly DomainError[];
}

/** What was tracked, or a page or screen that has a name: `Viewed Pricing Page`. @param key the only event to have it */
export function eventOf(call: CallOf<'track' | 'page' | 'screen'>, key: string): ReadEvent {
  if (call.type === 'track') return read(call.event, call.properties, key);
  if (!call.name) return { event: undefined, warnings: [] };
  const name = `Viewed ${call.name} ${call.type === 'page' ? 'Page' : 'Screen'}`;
  if (eventName.safeParse(name).success) return read(name, call.properties, key);
  return { event: undefined, warnings: [leftOut('name', 'it is too long for the name of an event')] };
}

function read(name: string, properties: Facts, key: string): ReadEvent {
  const metadata: [string, unknown][] = [];
  const warnings: DomainError[] = [];
  const taken = new Set<string>();
  for (const [property, value] of Object.entries(properties)) {
    if (value === null) continue;
    const folded = property.toLowerCase();
    const problem = problemOf(property, value) ?? (taken.has(folded) ? TWICE : undefined);
    if (problem) warnings.push(leftOut(`properties.${property}`, problem));
    else if (metadata.length >= MAX_METADATA) warnings.push(leftOut(`properties.${property}`, TOO_MANY));
    else metadata.push([property, value]);
    taken.add(folded);
  }
  return { event: { name, metadata: Object.fromEntries(metadata), key }, warnings };
}

const TWICE = 'there is another of that name but for upper and lower case';
const TOO_MANY = `an event has at most ${MAX_METADATA}`;

/** Nested values would need a meaning in filters. */
function problemOf(name: string, value: unknown): string | undefined {
  if (name === '' || name.length > MAX_METADATA_NAME || /[.$]/.test(name))
    return `as a name, expected 1 to ${MAX_METADATA_NAME} characters, none of them . or $`;
  if (typeof value === 'string')
    return value.length > MAX_ATTRIBUTE_STRING ? `it is over ${MAX_ATTRIBUTE_STRING} characters` : undefined;
  return typeof value === 'number' || typeof value === 'boolean'
    ? undefined
    : 'it is neither text, number nor yes or no';
}

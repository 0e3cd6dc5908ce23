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
  const out = unkeepable(properties);
  if (out.size === 0) return { event: { name, metadata: properties, key }, warnings: NO_WARNINGS };
  const kept = Object.entries(properties).filter(([property]) => !out.has(property));
  const warnings = [...out].flatMap(([property, why]) =>
    why ? [leftOut(`properties.${property}`, why)] : [],
  );
  return { event: { name, metadata: Object.fromEntries(kept), key }, warnings };
}

const NO_WARNINGS: readonly DomainError[] = [];

const TWICE = 'there is another of that name but for upper and lower case';
const TOO_MANY = `an event has at most ${MAX_METADATA}`;

/** The properties that are not kept, each with the reason; null has none, it says nothing. */
function unkeepable(properties: Facts): Map<string, string | undefined> {
  const out = new Map<string, string | undefined>();
  const kept = new Set<string>();
  for (const name in properties) {
    const value = properties[name];
    const folded = name.toLowerCase();
    const problem = problemOf(name, value) ?? (kept.has(folded) ? TWICE : undefined);
    if (value === null) out.set(name, undefined);
    else if (problem) out.set(name, problem);
    else if (kept.size >= MAX_METADATA) out.set(name, TOO_MANY);
    else kept.add(folded);
  }
  return out;
}

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

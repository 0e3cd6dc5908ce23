import { customName } from '../attribute/standard-attributes.js';
import type { AttributeValue, Subject, SubjectKey } from '../contact/contact.js';
import type { EventPredicate, FieldPredicate } from './filter.js';

/** What a subject has under one key; undefined is unknown. */
export interface Source {
  readonly key: SubjectKey;
  readonly read: (subject: Subject) => AttributeValue | undefined;
}

/** A compiled question about one value. */
export interface Question {
  readonly test: (value: AttributeValue | undefined, now: number) => boolean;
  /** The next instant at which time alone changes the answer; absent if it never does. */
  readonly nextFlip?: (value: AttributeValue | undefined, now: number) => number | null;
  readonly shape: Shape;
}

/** One predicate of a filter, compiled. */
export interface Predicate extends Source, Question {}

/**
 * How an index finds the predicates that a change may flip: `below` and `above` by the bound the value crosses,
 * `values` and `days` by the value itself, relative dates by the bound that `measure` crosses; the rest by testing it,
 * once for all predicates of one `id`.
 */
export type Shape =
  | { readonly kind: 'below' | 'above'; readonly bound: number }
  | { readonly kind: 'values'; readonly values: readonly AttributeValue[] }
  | { readonly kind: 'days'; readonly days: readonly number[]; readonly dayOf: (instant: number) => number }
  | ({ readonly kind: 'relative' } & RelativeShape)
  | { readonly kind: 'tested'; readonly id: string };

export interface RelativeShape {
  readonly order: 'more' | 'less' | 'exactly';
  /** Predicates of one scale share `measure` and `width`. */
  readonly scale: string;
  readonly measure: (date: number, now: number) => number;
  readonly bound: number;
  readonly width: number;
}

export function sourceOf(predicate: FieldPredicate | EventPredicate): Source {
  if ('event' in predicate) return eventSource(predicate);
  const { field } = predicate;
  const name = customName(field);
  if (name === undefined) return { key: field, read: (subject) => subject.attributes[field] };
  return { key: field, read: (subject) => own(subject.customAttributes, name) };
}

function eventSource({ event, measure }: EventPredicate): Source {
  const whenNever = measure === 'count' ? 0 : undefined;
  return {
    key: `event:${event}:${measure}`,
    read: (subject) => own(subject.events, event)?.[measure] ?? whenNever,
  };
}

/** Names come from customers: `constructor` must not find what every object inherits. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

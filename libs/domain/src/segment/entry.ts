import type { Predicate, Shape } from '../filter/predicate.js';
import type { Rule } from './rule.js';

/** One predicate of a rule, with what the index must know of it. */
export interface Entry<S extends Shape = Shape> {
  readonly predicate: Predicate;
  readonly shape: S;
  readonly rule: Rule;
}

export type ShapeOf<K extends Shape['kind']> = Extract<Shape, { kind: K }>;

export function ofKind<K extends Shape['kind']>(entries: readonly Entry[], kind: K): Entry<ShapeOf<K>>[] {
  return entries.filter((entry): entry is Entry<ShapeOf<K>> => entry.shape.kind === kind);
}

export function addRules(entries: readonly { readonly rule: Rule }[] | undefined, found: Set<Rule>): void {
  if (entries) for (const { rule } of entries) found.add(rule);
}

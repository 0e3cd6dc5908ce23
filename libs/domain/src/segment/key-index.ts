import type { AttributeValue, Change } from '../contact/contact.js';
import type { Shape } from '../filter/predicate.js';
import { addRules, type Entry, ofKind, type ShapeOf } from './entry.js';
import { groupBy, type Some } from './group-by.js';
import { Ladder } from './ladder.js';
import { RelativeIndex, type Span } from './relative-index.js';
import type { Rule } from './rule.js';

type Value = AttributeValue | undefined;
type Rules = readonly { readonly rule: Rule }[];

/** All predicates on one key, each kind where a change of the value finds those it may flip without asking the rest. */
export class KeyIndex {
  private readonly below: Ladder;
  private readonly above: Ladder;
  private readonly values: ReadonlyMap<AttributeValue, Rules>;
  private readonly days: ReadonlyMap<number, Rules>;
  private readonly dayOf: (instant: number) => number;
  private readonly relative: readonly RelativeIndex[];
  private readonly tested: readonly Some<Entry<ShapeOf<'tested'>>>[];

  constructor(entries: readonly Entry[]) {
    this.below = new Ladder(ofKind(entries, 'below'));
    this.above = new Ladder(ofKind(entries, 'above'));
    this.values = byEach(ofKind(entries, 'values'), ({ values }) => values);
    const days = ofKind(entries, 'days');
    this.days = byEach(days, ({ days }) => days);
    this.dayOf = days[0]?.shape.dayOf ?? (() => 0);
    const scales = groupBy(ofKind(entries, 'relative'), ({ shape }) => shape.scale);
    this.relative = [...scales.values()].map((scale) => new RelativeIndex(scale));
    this.tested = [...groupBy(ofKind(entries, 'tested'), ({ shape }) => shape.id).values()];
  }

  get isTimed(): boolean {
    return this.relative.length > 0;
  }

  /** Adds the rules that the change may flip at `now`. */
  moved({ before, after }: Change, now: number, found: Set<Rule>): void {
    this.below.between(numberOr(before, Infinity), numberOr(after, Infinity), found);
    this.above.between(numberOr(before, -Infinity), numberOr(after, -Infinity), found);
    this.addEqual(before, found);
    this.addEqual(after, found);
    for (const same of this.tested) {
      const { test } = same[0].predicate;
      if (test(before, now) !== test(after, now)) addRules(same, found);
    }
    for (const index of this.relative) index.moved([before, after], now, found);
  }

  /** Adds the rules that time may have flipped, the value being what it is. */
  passed(value: Value, span: Span, found: Set<Rule>): void {
    for (const index of this.relative) index.passed(value, span, found);
  }

  /** The earliest instant after `now` at which time flips a predicate; Infinity if never. */
  nextFlip(value: Value, now: number): number {
    let next = Infinity;
    for (const index of this.relative) next = Math.min(next, index.nextFlip(value, now));
    return next;
  }

  private addEqual(value: Value, found: Set<Rule>): void {
    if (value === undefined) return;
    addRules(this.values.get(value), found);
    if (typeof value === 'number' && this.days.size > 0) addRules(this.days.get(this.dayOf(value)), found);
  }
}

function numberOr(value: Value, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function byEach<S extends Shape, V>(
  entries: readonly Entry<S>[],
  valuesOf: (shape: S) => readonly V[],
): ReadonlyMap<V, Rules> {
  const pairs = entries.flatMap(({ shape, rule }) => valuesOf(shape).map((value) => ({ value, rule })));
  return groupBy(pairs, ({ value }) => value);
}

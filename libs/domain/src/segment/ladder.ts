import type { Predicate } from '../filter/predicate.js';
import { addRules, type Entry, type ShapeOf } from './entry.js';
import { groupBy, type Some } from './group-by.js';
import type { Rule } from './rule.js';

type BoundedEntry = Entry<ShapeOf<'below' | 'above' | 'relative'>>;

interface Rung {
  readonly bound: number;
  readonly entries: Some<BoundedEntry>;
}

/** Predicates that differ in their bound alone, in the order of their bounds. */
export class Ladder {
  private readonly rungs: readonly Rung[];

  constructor(entries: readonly BoundedEntry[]) {
    this.rungs = [...groupBy(entries, ({ shape }) => shape.bound)]
      .map(([bound, entries]) => ({ bound, entries }))
      .sort((a, b) => a.bound - b.bound);
  }

  /** Adds the rules whose bound lies between two values, ends included, in whatever order they come. */
  between(one: number, other: number, found: Set<Rule>): void {
    const high = Math.max(one, other);
    for (let i = this.firstFrom(Math.min(one, other)); i < this.rungs.length; i++) {
      const rung = this.rungs[i];
      if (!rung || rung.bound > high) return;
      addRules(rung.entries, found);
    }
  }

  /** At the first bound that is not lower than the value, and beside it: the next to be crossed is among them. */
  around(value: number): Predicate[] {
    const first = this.firstFrom(value);
    return this.rungs.slice(Math.max(first - 1, 0), first + 2).map(({ entries }) => entries[0].predicate);
  }

  private firstFrom(value: number): number {
    let [low, high] = [0, this.rungs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.rungs[middle]?.bound ?? Infinity) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

import type { AttributeValue } from '../contact/contact.js';
import type { RelativeShape } from '../filter/predicate.js';
import type { Entry, ShapeOf } from './entry.js';
import type { Some } from './group-by.js';
import { Ladder } from './ladder.js';
import type { Rule } from './rule.js';

type Value = AttributeValue | undefined;

/** A stretch of time, in unix seconds. */
export interface Span {
  readonly since: number;
  readonly now: number;
}

/** The relative dates of one key and one scale ("days ago"): one measure, compared with many bounds. */
export class RelativeIndex {
  private readonly scale: RelativeShape;
  private readonly more: Ladder;
  private readonly less: Ladder;
  private readonly exactly: Ladder;

  /** @param entries all of one scale */
  constructor(entries: Some<Entry<ShapeOf<'relative'>>>) {
    const ladder = (order: RelativeShape['order']) =>
      new Ladder(entries.filter(({ shape }) => shape.order === order));
    this.scale = entries[0].shape;
    this.more = ladder('more');
    this.less = ladder('less');
    this.exactly = ladder('exactly');
  }

  /** Adds the rules that a change of the date may flip at `now`. */
  moved([before, after]: readonly [Value, Value], now: number, found: Set<Rule>): void {
    const [from, to] = [this.distance(before, now), this.distance(after, now)];
    this.more.between(from ?? -Infinity, to ?? -Infinity, found);
    this.less.between(neverLess(from), neverLess(to), found);
    if (from !== null) this.exactly.between(from - this.scale.width, from, found);
    if (to !== null) this.exactly.between(to - this.scale.width, to, found);
  }

  /** Adds the rules that time may have flipped. When a date comes or passes, all of `less` may flip. */
  passed(date: Value, { since, now }: Span, found: Set<Rule>): void {
    const [from, to] = [this.distance(date, since), this.distance(date, now)];
    if (from === null || to === null) return;
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    this.more.between(low, high, found);
    this.less.between(low, low < 0 ? Infinity : high, found);
    this.exactly.between(low - this.scale.width, high, found);
  }

  /** The earliest instant after `now` at which time flips a predicate; Infinity if never. */
  nextFlip(date: Value, now: number): number {
    const distance = this.distance(date, now);
    let next = Infinity;
    if (distance === null) return next;
    for (const ladder of [this.more, this.less, this.exactly])
      for (const predicate of ladder.around(distance))
        next = Math.min(next, predicate.nextFlip?.(date, now) ?? Infinity);
    return next;
  }

  private distance(date: Value, now: number): number | null {
    return typeof date === 'number' ? this.scale.measure(date, now) : null;
  }
}

/** "Less than" never matches an unknown date nor one on the other side of now: as if it were infinitely far. */
function neverLess(distance: number | null): number {
  return distance === null || distance < 0 ? Infinity : distance;
}

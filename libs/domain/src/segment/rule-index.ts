import type { AttributeValue, Change, Subject, SubjectKey } from '../contact/contact.js';
import { KeyIndex } from './key-index.js';
import { groupBy } from './group-by.js';
import type { Rule } from './rule.js';

/** What happened to a contact since its rules were last evaluated. */
export interface Happening {
  /** As it is after the changes. */
  readonly subject: Subject;
  readonly changes: readonly Change[];
  /** The contact's stored next due time. */
  readonly due: number | null;
  readonly now: number;
}

/** Stored due times are rounded to a microsecond, so look back a little further. */
const SLACK = 1;

interface IndexedKey {
  readonly key: SubjectKey;
  readonly read: (subject: Subject) => AttributeValue | undefined;
  readonly index: KeyIndex;
}

/** The rules of a workspace, found by what changed: the cost follows the change, not the number of rules. */
export class RuleIndex {
  /** Names of events that any rule reads. */
  readonly eventNames: ReadonlySet<string>;
  private readonly keys: ReadonlyMap<SubjectKey, IndexedKey>;
  private readonly timed: readonly IndexedKey[];

  /** @param allRules kept for new contacts and back-fill, of whom every rule must be asked */
  constructor(readonly allRules: readonly Rule[]) {
    this.keys = indexByKey(allRules);
    this.timed = [...this.keys.values()].filter(({ index }) => index.isTimed);
    this.eventNames = eventNamesOf(this.keys.keys());
  }

  /** Rules whose answer the changes, or time since `due`, may have flipped: perhaps too many, never too few. */
  candidates(happening: Happening): ReadonlySet<Rule> {
    const { changes, due, now } = happening;
    const found = new Set<Rule>();
    for (const change of changes) this.keys.get(change.key)?.index.moved(change, now, found);
    if (due !== null && due <= now)
      for (const { key, read, index } of this.timed) {
        const change = changes.find((change) => change.key === key);
        const value = change ? change.before : read(happening.subject);
        index.passed(value, { since: due - SLACK, now }, found);
      }
    return found;
  }

  /**
   * The earliest instant after `now` at which any predicate over this subject may flip by time alone: may be early,
   * never late.
   * @param keys only predicates on these
   */
  nextDue(subject: Subject, now: number, keys?: Iterable<SubjectKey>): number | null {
    let next = Infinity;
    for (const { read, index } of keys ? this.named(keys) : this.timed)
      next = Math.min(next, index.nextFlip(read(subject), now));
    return next === Infinity ? null : next;
  }

  private named(keys: Iterable<SubjectKey>): IndexedKey[] {
    return [...keys].flatMap((key) => this.keys.get(key) ?? []);
  }
}

function indexByKey(rules: readonly Rule[]): ReadonlyMap<SubjectKey, IndexedKey> {
  const entries = rules.flatMap((rule) =>
    rule.filter.predicates.map((predicate) => ({ predicate, shape: predicate.shape, rule })),
  );
  const keys = new Map<SubjectKey, IndexedKey>();
  for (const [key, group] of groupBy(entries, ({ predicate }) => predicate.key))
    keys.set(key, { key, read: group[0].predicate.read, index: new KeyIndex(group) });
  return keys;
}

const EVENT_KEY = /^event:(.*):(?:count|first|last)$/s;

/** The names of the events that keys are about. */
export function eventNamesOf(keys: Iterable<SubjectKey>): Set<string> {
  return new Set([...keys].flatMap((key) => EVENT_KEY.exec(key)?.[1] ?? []));
}

import type { Subject, SubjectKey } from '../contact/contact.js';
import { compilePredicate } from './compile-predicate.js';
import { type Filter, type Group, isGroup } from './filter.js';
import type { Predicate } from './predicate.js';

/** A filter ready to be asked. Times are unix seconds. */
export interface CompiledFilter {
  test(subject: Subject, now: number): boolean;
  /** The earliest instant after `now` at which the answer may change by time alone: may be early, never late. */
  nextFlip(subject: Subject, now: number): number | null;
  /** What it reads: `email`, `custom_attributes.plan`, `event:purchased:count`. */
  readonly keys: ReadonlySet<SubjectKey>;
  readonly predicates: readonly Predicate[];
}

/**
 * @param zone IANA name of the workspace's time zone
 * @throws RangeError for a zone that is not known
 */
export function compileFilter(filter: Filter, zone: string): CompiledFilter {
  const predicates: Predicate[] = [];
  const test = compileNode(filter, (leaf) => {
    const predicate = compilePredicate(leaf, zone);
    predicates.push(predicate);
    return predicate;
  });
  return {
    test,
    nextFlip: earliestFlip(predicates),
    keys: new Set(predicates.map((predicate) => predicate.key)),
    predicates,
  };
}

type Test = CompiledFilter['test'];
type CompileLeaf = (leaf: Exclude<Filter, Group>) => Predicate;

function compileNode(filter: Filter, leaf: CompileLeaf): Test {
  if (isGroup(filter)) return compileGroup(filter, leaf);
  const { read, test } = leaf(filter);
  return (subject, now) => test(read(subject), now);
}

function compileGroup({ operator, value }: Group, leaf: CompileLeaf): Test {
  const tests = value.map((node) => compileNode(node, leaf));
  if (operator === 'AND') return (subject, now) => tests.every((test) => test(subject, now));
  if (operator === 'OR') return (subject, now) => tests.some((test) => test(subject, now));
  return (subject, now) => !tests.some((test) => test(subject, now));
}

/** The whole can change only when a part does. */
function earliestFlip(predicates: readonly Predicate[]): CompiledFilter['nextFlip'] {
  const timed = predicates.filter((predicate) => predicate.nextFlip);
  return (subject, now) => {
    let earliest: number | null = null;
    for (const { read, nextFlip } of timed) {
      const flip = nextFlip?.(read(subject), now) ?? null;
      if (flip !== null && (earliest === null || flip < earliest)) earliest = flip;
    }
    return earliest;
  };
}

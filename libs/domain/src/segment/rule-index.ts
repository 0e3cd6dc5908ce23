import type { Change, Subject, SubjectKey } from '../contact/contact.js';
import { type CompiledFilter, compileFilter } from '../filter/compile-filter.js';
import type { Filter } from '../filter/filter.js';
import type { Id } from '../id.js';

export interface Rule {
  readonly id: Id;
  readonly filter: CompiledFilter;
}

export function compileRule(
  segment: { id: Id; personType: 'user' | 'lead' | 'contact'; filter: Filter },
  zone: string,
): Rule {
  const { id, personType, filter } = segment;
  const whole: Filter =
    personType === 'contact'
      ? filter
      : { operator: 'AND', value: [{ field: 'role', operator: '=', value: personType }, filter] };
  return { id, filter: compileFilter(whole, zone) };
}

export class RuleIndex {
  readonly eventNames: ReadonlySet<string>;

  constructor(readonly allRules: readonly Rule[]) {
    this.eventNames = new Set(
      allRules.flatMap((rule) =>
        [...rule.filter.keys].flatMap((key) => /^event:(.*):(?:count|first|last)$/s.exec(key)?.[1] ?? []),
      ),
    );
  }

  candidates(input: {
    subject: Subject;
    changes: readonly Change[];
    due: number | null;
    now: number;
  }): ReadonlySet<Rule> {
    const all = input.due !== null && input.due <= input.now;
    return new Set(
      this.allRules.filter((rule) => all || input.changes.some((change) => rule.filter.keys.has(change.key))),
    );
  }

  nextDue(subject: Subject, now: number, _keys?: Iterable<SubjectKey>): number | null {
    let next: number | null = null;
    for (const rule of this.allRules) {
      const flip = rule.filter.nextFlip(subject, now);
      if (flip !== null && (next === null || flip < next)) next = flip;
    }
    return next;
  }
}

export function firstFlip(
  rule: Rule,
  subject: Subject,
  span: { from: number; now: number },
  was: boolean,
): number {
  let at: number | null = span.from;
  while (at !== null && at <= span.now) {
    if (rule.filter.test(subject, at) !== was) return at;
    at = rule.filter.nextFlip(subject, at);
  }
  return span.now;
}

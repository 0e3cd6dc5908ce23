import type { Subject } from '../contact/contact.js';
import { type CompiledFilter, compileFilter } from '../filter/compile-filter.js';
import type { Filter } from '../filter/filter.js';
import type { Id } from '../id.js';

/** Who may be a member of a segment: `contact` is everybody. */
export type PersonType = 'user' | 'lead' | 'contact';

/** A segment's filter, ready to be asked. */
export interface Rule {
  readonly id: Id;
  readonly filter: CompiledFilter;
}

/** @throws RangeError for a zone that is not known */
export function compileRule(
  segment: { readonly id: Id; readonly personType: PersonType; readonly filter: Filter },
  zone: string,
): Rule {
  return { id: segment.id, filter: compileFilter(withRole(segment.filter, segment.personType), zone) };
}

function withRole(filter: Filter, personType: PersonType): Filter {
  if (personType === 'contact') return filter;
  return { operator: 'AND', value: [{ field: 'role', operator: '=', value: personType }, filter] };
}

/** The first instant from `from` to `now` at which the rule's answer is not `was`; `now` if there is none. */
export function firstFlip(
  { filter }: Rule,
  subject: Subject,
  { from, now, was }: { readonly from: number; readonly now: number; readonly was: boolean },
): number {
  let at: number | null = from;
  while (at !== null && at < now) {
    if (filter.test(subject, at) !== was) return at;
    at = filter.nextFlip(subject, at);
  }
  return now;
}

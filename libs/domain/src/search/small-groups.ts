import { DomainError } from '../domain-error.js';
import { type Filter, isGroup } from '../filter/filter.js';

/** Filters in one group of a search, groups among them counted as one (reference 5.1). Segments have their own limits. */
export const MAX_GROUP_FILTERS = 15;

/**
 * The filter of a search, as it is.
 * @param path dotted path of the filter, for messages
 * @throws DomainError parameter_invalid, naming the group that has too many filters
 */
export function withSmallGroups(filter: Filter, path: string): Filter {
  if (!isGroup(filter)) return filter;
  const field = `${path}.value`;
  if (filter.value.length > MAX_GROUP_FILTERS) {
    const message = `${field}: expected at most ${MAX_GROUP_FILTERS} filters in a group; a group may hold groups`;
    throw new DomainError('parameter_invalid', message, field);
  }
  filter.value.forEach((node, i) => withSmallGroups(node, `${field}.${i}`));
  return filter;
}

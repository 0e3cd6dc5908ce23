import { canonicalField, typeOfField } from '../attribute/standard-attributes.js';
import type { Field, Filter } from '../filter/filter.js';
import { type FieldOf, parseFilter } from '../filter/parse-filter.js';
import { type ApiVersion, isSince } from '../version/api-version.js';
import { withSmallGroups } from './small-groups.js';

/** Fields that only a search may ask. */
const RELATIONS: Readonly<Record<string, Field['type']>> = { segment_id: 'segment', tag_id: 'tag' };

/**
 * The `query` of a search for contacts, whose dates take the operators that Intercom's take in this version; our own
 * relative dates are there in every one.
 * @throws DomainError parameter_invalid, saying what was expected and where
 */
export function parseSearch(query: unknown, version: ApiVersion): Filter {
  return withSmallGroups(parseFilter(query, 'query', searchField(version)), 'query');
}

function searchField(version: ApiVersion): FieldOf {
  const standardDate = isSince(version, '2.17') ? 'moment' : 'day';
  return (spelt) => {
    const name = canonicalField(spelt);
    const type = Object.hasOwn(RELATIONS, name) ? RELATIONS[name] : typeOfField(name);
    if (type !== 'date') return type && { name, type };
    return { name, type: name.startsWith('custom_attributes.') ? 'day' : standardDate };
  };
}

import type { Segment } from '#database';
import { compileRule, parseFilter, type Rule } from '#domain';

/** A segment's filter, compiled; whole days are counted in the workspace's time zone. */
export function ruleOf(
  { id, personType, filter }: Pick<Segment, 'id' | 'personType' | 'filter'>,
  timeZone: string,
): Rule {
  return compileRule({ id, personType, filter: parseFilter(filter) }, timeZone);
}

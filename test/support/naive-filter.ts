import {
  type AttributeValue,
  type EventPredicate,
  type FieldPredicate,
  type Filter,
  isGroup,
  type Subject,
} from '#domain';

type Value = AttributeValue | undefined;

/**
 * The rules of docs/filters.md once more, as plainly as they can be said and sharing nothing with the product: dates
 * are compared as the local dates that Intl prints. For tests to compare with.
 */
export function naiveTest(filter: Filter, subject: Subject, context: { zone: string; now: number }): boolean {
  if (isGroup(filter)) {
    const tests = filter.value.map((node) => naiveTest(node, subject, context));
    if (filter.operator === 'AND') return !tests.includes(false);
    return filter.operator === 'OR' ? tests.includes(true) : !tests.includes(true);
  }
  if ('event' in filter) {
    const value = subject.events[filter.event]?.[filter.measure];
    return filter.measure === 'count'
      ? plain(filter, value ?? 0)
      : dated(filter, value, context.zone, context.now);
  }
  const custom = /^custom_attributes\.(.*)$/.exec(filter.field)?.[1];
  const value = custom ? subject.customAttributes[custom] : subject.attributes[filter.field];
  return filter.field.endsWith('_at')
    ? dated(filter, value, context.zone, context.now)
    : plain(filter, value);
}

/** Letter by letter, so that no letter is written otherwise at the end of a word: a part stays a part. */
const small = (text: string): string => [...text].map((one) => one.toLowerCase().replace('ς', 'σ')).join('');

function plain(predicate: FieldPredicate | EventPredicate, value: Value): boolean {
  const text = typeof value === 'string' ? small(value) : null;
  switch (predicate.operator) {
    case '=':
      return value === predicate.value;
    case '!=':
      return value !== predicate.value;
    case 'IN':
      return predicate.value.some((wanted) => wanted === value);
    case 'NIN':
      return !predicate.value.some((wanted) => wanted === value);
    case '<':
      return typeof value === 'number' && value < predicate.value;
    case '>':
      return typeof value === 'number' && value > predicate.value;
    case '<=':
      return typeof value === 'number' && value <= predicate.value;
    case '>=':
      return typeof value === 'number' && value >= predicate.value;
    case '~':
      return text !== null && text.includes(small(predicate.value));
    case '!~':
      return text === null || !text.includes(small(predicate.value));
    case '^':
      return text !== null && text.startsWith(small(predicate.value));
    case '$':
      return text !== null && text.endsWith(small(predicate.value));
    case 'is_unknown':
      return value === undefined;
    case 'has_any_value':
      return value !== undefined;
    default:
      throw new Error(`a relative date of no date: ${predicate.operator}`);
  }
}

/** Whole-day comparisons are plain ones of local dates, written as numbers: 20260308. */
function dated(predicate: FieldPredicate | EventPredicate, value: Value, zone: string, now: number): boolean {
  if ('unit' in predicate) return typeof value === 'number' && relative(predicate, value, zone, now);
  if (typeof value !== 'number' || !('value' in predicate)) return plain(predicate, value);
  const wanted = Array.isArray(predicate.value)
    ? predicate.value.map((date) => localDate(Number(date), zone))
    : localDate(Number(predicate.value), zone);
  return plain({ ...predicate, value: wanted } as FieldPredicate, localDate(value, zone));
}

type Relative = Extract<FieldPredicate, { unit: string }> | Extract<EventPredicate, { unit: string }>;

function relative(predicate: Relative, value: number, zone: string, now: number): boolean {
  const { unit, value: amount, operator } = predicate;
  const sign = operator.endsWith('_ago') ? 1 : -1;
  if (unit === 'minutes' || unit === 'hours') {
    const distance = sign * (now - value);
    const length = unit === 'hours' ? 3600 : 60;
    if (operator.startsWith('more')) return distance > amount * length;
    if (operator.startsWith('less')) return distance >= 0 && distance < amount * length;
    return distance >= amount * length && distance < (amount + 1) * length;
  }
  const [date, today] = [localDate(value, zone), localDate(now, zone)];
  const limit = shifted(today, -sign * amount, unit);
  if (operator.startsWith('exactly')) return date === limit;
  if (operator.startsWith('more')) return sign * (limit - date) > 0;
  return sign * (today - date) >= 0 && sign * (date - limit) > 0;
}

function shifted(date: number, amount: number, unit: string): number {
  const [year, month, day] = [Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100];
  if (unit !== 'months')
    return numbered(new Date(Date.UTC(year, month, day + amount * (unit === 'weeks' ? 7 : 1))));
  const lastDay = new Date(Date.UTC(year, month + amount + 1, 0)).getUTCDate();
  return numbered(new Date(Date.UTC(year, month + amount, Math.min(day, lastDay))));
}

function numbered(date: Date): number {
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localDate(instant: number, zone: string): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  formats.set(zone, format);
  return Number(format.format(Math.floor(instant * 1000)).replaceAll('-', ''));
}

import { z } from 'zod';
import { canonicalField, typeOfField } from '../attribute/standard-attributes.js';
import { DomainError } from '../domain-error.js';
import { normalizeEventName } from '../event/event-name.js';
import {
  type Condition,
  CONDITIONS,
  eventTarget,
  type Field,
  type Filter,
  isGroup,
  MAX_DEPTH,
  MAX_PREDICATES,
} from './filter.js';

/** A node as it came, before anything of it is known. */
export type Input = Readonly<Record<string, unknown>>;

/** Checks a node that is no group. @param path dotted path of the node, for messages */
type ParseLeaf = (input: Input, path: string) => Filter;

const MAX_FIELD = 255;
const GROUP = 'expected AND, OR or NOT, or a node with "field" or "event"';
const groupShape = z.strictObject({
  operator: z.enum(['AND', 'OR', 'NOT'], GROUP),
  value: z.array(z.unknown(), 'expected a list of nodes').min(1, 'expected at least one node'),
});

/** The fields there are: undefined for any other name. */
export type FieldOf = (name: string) => Field | undefined;

/** What a segment may ask of a contact. */
const contactField: FieldOf = (spelt) => {
  const name = canonicalField(spelt);
  const type = typeOfField(name);
  return type && { name, type };
};

/**
 * Checks a filter and brings it into the form that is stored; parsing that again changes nothing.
 * @param path dotted path of the input, for messages: `filter.value.1.operator`
 * @throws DomainError parameter_invalid, saying what was expected and where
 */
export function parseFilter(input: unknown, path = 'filter', fieldOf = contactField): Filter {
  return parseTree(input, path, (node, at) =>
    'event' in node && !('field' in node)
      ? parseEventPredicate(node, at)
      : parseFieldPredicate(node, at, fieldOf),
  );
}

/** The same of a filter with predicates of another kind. */
export function parseTree(input: unknown, path: string, leaf: ParseLeaf): Filter {
  const filter = parseNode(input, path, { leaf, depth: 1 });
  if (countPredicates(filter) > MAX_PREDICATES)
    throw invalid(path, `expected at most ${MAX_PREDICATES} predicates`);
  return filter;
}

interface Level {
  readonly leaf: ParseLeaf;
  readonly depth: number;
}

function parseNode(input: unknown, path: string, level: Level): Filter {
  if (!isObject(input)) throw invalid(path, 'expected a filter: a group, or a node with "field" or "event"');
  return 'field' in input || 'event' in input ? level.leaf(input, path) : parseGroup(input, path, level);
}

function parseGroup(input: Input, path: string, { leaf, depth }: Level): Filter {
  if (depth > MAX_DEPTH) throw invalid(path, `expected groups at most ${MAX_DEPTH} deep`);
  const { operator, value } = check(groupShape, input, path);
  if (operator === 'NOT' && value.length > 1)
    throw invalid(`${path}.value`, 'expected exactly one node under NOT');
  const below = { leaf, depth: depth + 1 };
  return { operator, value: value.map((node, i) => parseNode(node, `${path}.value.${i}`, below)) };
}

function parseFieldPredicate(input: Input, path: string, fieldOf: FieldOf): Filter {
  const { field, ...condition } = input;
  const known = checkField(field, `${path}.field`, fieldOf);
  return { field: known.name, ...parseCondition(known.type, condition, path) };
}

/** What is asked of a field of this type. */
export function parseCondition(type: Field['type'], condition: Input, path: string): Condition {
  return check(CONDITIONS[type], absentIsUnknown(condition), path);
}

function parseEventPredicate(input: Input, path: string): Filter {
  const { event, measure, ...condition } = input;
  for (const key of ['within', 'where'])
    if (key in condition) throw invalid(`${path}.${key}`, `"${key}" is not supported yet`);
  const target = check(eventTarget, { event, measure }, path);
  const name = normalizeEventName(target.event);
  if (name === '') throw invalid(`${path}.event`, 'expected an event name');
  const checked: Condition =
    target.measure === 'count'
      ? check(CONDITIONS.count, condition, path)
      : check(CONDITIONS.date, absentIsUnknown(condition), path);
  return { event: name, measure: target.measure, ...checked };
}

function checkField(field: unknown, path: string, fieldOf: FieldOf): Field {
  if (typeof field !== 'string' || field.length > MAX_FIELD)
    throw invalid(path, `expected a field name of at most ${MAX_FIELD} characters`);
  const known = fieldOf(field);
  if (known && field !== 'custom_attributes.') return known;
  if (field === 'segment_id' || field === 'tag_id')
    throw invalid(path, `"${field}" is not supported yet, but in searches`);
  throw invalid(path, `unknown field "${field}"; a custom attribute is custom_attributes.<name>`);
}

/** The official SDK drops an undefined value on the way: `= nothing` asks for unknown, `!= nothing` for any value. */
function absentIsUnknown(condition: Input): Input {
  const { value, ...rest } = condition;
  if (value !== undefined && value !== null) return condition;
  if (rest['operator'] === '=') return { ...rest, operator: 'is_unknown' };
  if (rest['operator'] === '!=') return { ...rest, operator: 'has_any_value' };
  return condition;
}

function check<T extends z.ZodType>(schema: T, input: unknown, path: string): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  throw invalid([path, ...(issue?.path ?? []), ...keys].join('.'), messageOf(issue));
}

function messageOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_union' && 'options' in issue && issue.options)
    return `expected one of ${issue.options.join(', ')}`;
  if (issue?.code === 'unrecognized_keys') return `unknown key "${issue.keys[0]}"`;
  return issue?.message ?? 'invalid';
}

function invalid(field: string, message: string): DomainError {
  return new DomainError('parameter_invalid', `${field}: ${message}`, field);
}

function isObject(input: unknown): input is Input {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

function countPredicates(filter: Filter): number {
  if (!isGroup(filter)) return 1;
  let count = 0;
  for (const node of filter.value) count += countPredicates(node);
  return count;
}

import { type Condition, type Filter, isGroup, typeOfCompanyField, type WholeDays } from '#domain';
import { PEOPLE } from './company-people.js';

/** What a condition is written with. */
export interface ConditionContext {
  /** Dates are compared as days of this calendar. */
  readonly days: WholeDays;
  /** Takes a value as a parameter of the statement, and answers with what stands for it. */
  readonly bind: (value: unknown, type: 'text' | 'float8' | 'jsonb' | 'bytea') => string;
}

/** A field as SQL: its value, and that value as text and as a number, null where it is none. */
interface Source {
  readonly type: 'text' | 'number' | 'date' | 'any';
  readonly value: string;
  readonly text: string;
  readonly number: string;
}

type Equality = Extract<Condition, { operator: '=' | '!=' | 'IN' | 'NIN' }>;
type Order = Extract<Condition, { operator: '<' | '>' | '<=' | '>=' }>;
type Search = Extract<Condition, { operator: '~' | '!~' | '^' | '$' }>;

const CUSTOM = 'custom_attributes.';

/** A filter over `company c` as SQL that is true or false, never null: unknown values match negations only. */
export function companyCondition(filter: Filter, context: ConditionContext): string {
  if (isGroup(filter)) {
    const parts = filter.value.map((node) => `(${companyCondition(node, context)})`);
    return filter.operator === 'NOT' ? `NOT ${parts.join('')}` : parts.join(` ${filter.operator} `);
  }
  if ('event' in filter) throw new Error('A company has no events');
  if (filter.field === 'tag_id') return tagged(filter, context);
  return asked(filter, sourceOf(filter.field, context), context);
}

function asked(condition: Condition, source: Source, context: ConditionContext): string {
  switch (condition.operator) {
    case '=':
    case '!=':
    case 'IN':
    case 'NIN':
      return equality(condition, source, context);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return `(${order(condition, source, context)}) IS TRUE`;
    case 'is_unknown':
      return `${source.value} IS NULL`;
    case 'has_any_value':
      return `${source.value} IS NOT NULL`;
    case '~':
    case '!~':
    case '^':
    case '$':
      return search(condition, source, context);
    default:
      throw new Error(`Companies are not searched with ${condition.operator}`);
  }
}

function equality({ operator, value }: Equality, source: Source, context: ConditionContext): string {
  const values = Array.isArray(value) ? value : [value];
  const any = values.map((one) => `(${equals(one, source, context)})`).join(' OR ');
  return `(${any}) IS ${operator === '!=' || operator === 'NIN' ? 'NOT ' : ''}TRUE`;
}

function equals(value: unknown, { type, ...source }: Source, { days, bind }: ConditionContext): string {
  if (type === 'any') return `${source.value} = ${bind(JSON.stringify(value), 'jsonb')}`;
  if (type === 'text') return `${source.text} = ${bind(value, 'text')}`;
  if (type === 'number') return `${source.number} = ${bind(value, 'float8')}`;
  const day = days.dayOf(Number(value));
  const [from, to] = [days.startOf(day), days.startOf(day + 1)];
  return `${source.number} >= ${bind(from, 'float8')} AND ${source.number} < ${bind(to, 'float8')}`;
}

/** Of dates, `<=` and `>` look at the start of the next day. */
function order({ operator, value }: Order, { type, number }: Source, context: ConditionContext): string {
  const { days, bind } = context;
  if (type !== 'date') return `${number} ${operator} ${bind(value, 'float8')}`;
  const day = days.dayOf(value) + (operator === '<' || operator === '>=' ? 0 : 1);
  return `${number} ${operator.startsWith('<') ? '<' : '>='} ${bind(days.startOf(day), 'float8')}`;
}

function search({ operator, value }: Search, { text }: Source, { bind }: ConditionContext): string {
  const part = `lower(${bind(value, 'text')})`;
  if (operator === '^') return `starts_with(lower(${text}), ${part}) IS TRUE`;
  if (operator === '$') return `(right(lower(${text}), length(${part})) = ${part}) IS TRUE`;
  return `(strpos(lower(${text}), ${part}) > 0) IS ${operator === '!~' ? 'NOT ' : ''}TRUE`;
}

function tagged(condition: Condition, { bind }: ConditionContext): string {
  const tags = 'SELECT FROM company_tag x WHERE x.workspace_id = c.workspace_id AND x.company_id = c.id';
  if (condition.operator === 'has_any_value') return `EXISTS (${tags})`;
  if (condition.operator === 'is_unknown') return `NOT EXISTS (${tags})`;
  if (condition.operator !== '=' && condition.operator !== '!=') throw new Error('A tag is there or not');
  const tag = `EXISTS (${tags} AND x.tag_id::text = ${bind(condition.value, 'text')})`;
  return condition.operator === '=' ? tag : `NOT ${tag}`;
}

function sourceOf(field: string, { bind }: ConditionContext): Source {
  const type = typeOfCompanyField(field);
  if (field.startsWith(CUSTOM)) {
    const value = `(c.custom_attributes -> ${bind(field.slice(CUSTOM.length), 'text')})`;
    const as = (kind: string) => `CASE WHEN jsonb_typeof(${value}) = '${kind}' THEN ${value} #>> '{}' END`;
    const known = { value, text: `(${as('string')})`, number: `(${as('number')})::float8` };
    return { ...known, type: type === 'date' ? 'date' : 'any' };
  }
  if (type === 'date') return column('date', `extract(epoch FROM c.${field})::float8`);
  if (field === 'user_count') return column('number', `(SELECT count(*) ${PEOPLE})`);
  if (field === 'id') return column('text', `encode(c.id, 'hex')`);
  return column(type === 'number' ? 'number' : 'text', `c.${field}`);
}

const column = (type: Source['type'], value: string): Source => ({ type, value, text: value, number: value });

import type { Target } from '#domain';
import { TEXT_COLUMNS, TIME_COLUMNS } from '../repositories/contact-row.js';
import { type Column, type Columns, customColumn } from './column.js';
import type { Parameters } from './parameters.js';

const column = (name: string, type: Column['type']) => [name, { sql: `c.${name}`, type }] as const;

const related = (table: string): string => `${table} r WHERE r.lane = c.lane AND r.contact_id = c.id`;

/** A segment that is removed leaves its memberships behind for a while. */
const SEGMENTS = `segment_membership r JOIN segment s ON s.id = r.segment_id AND s.deleted_at IS NULL
  WHERE r.lane = c.lane AND r.contact_id = c.id`;

const FIELDS: ReadonlyMap<string, Column> = new Map<string, Column>([
  ...TEXT_COLUMNS.map((name) => column(name, 'text')),
  ...TIME_COLUMNS.map((name) => column(name, 'time')),
  column('id', 'id'),
  column('web_sessions', 'number'),
  ['segment_id', { sql: 'r.segment_id', type: 'id', related: SEGMENTS }],
  ['tag_id', { sql: 'r.tag_id', type: 'integer', related: related('contact_tag') }],
]);

/** Where `contact c` has what a filter asks: a column of its own, `attributes`, `custom_attributes`, or a related table. */
export const contactColumns: Columns = (target: Target, parameters: Parameters): Column => {
  if ('event' in target) return summaryColumn(target, parameters);
  const { field } = target;
  return customColumn(field) ?? FIELDS.get(field) ?? { sql: 'c.attributes', type: 'json', key: field };
};

type EventTarget = Extract<Target, { event: string }>;

function summaryColumn({ event, measure }: EventTarget, parameters: Parameters): Column {
  const summaries = `${related('event_summary')} AND r.name = ${parameters.add(event, 'text')}`;
  if (measure === 'count') return { sql: 'r.count', type: 'number', related: summaries, whenNone: 0 };
  return { sql: `r.${measure}_at`, type: 'time', related: summaries };
}

import { type Attributes, type AttributeValue, type Contact, type Id, SESSION_COUNT } from '#domain';

/** The standard attributes that have a column of their own; the others share `attributes`. */
export const TEXT_COLUMNS = ['role', 'external_id', 'email'] as const;
export const TIME_COLUMNS = ['created_at', 'updated_at', 'signed_up_at', 'last_seen_at'] as const;
export const COUNT_COLUMNS = Object.values(SESSION_COUNT);
const OWN_COLUMNS: ReadonlySet<string> = new Set([...TEXT_COLUMNS, ...TIME_COLUMNS, ...COUNT_COLUMNS, 'id']);

const epoch = (column: string): string => `extract(epoch FROM c.${column})::float8 AS ${column}`;

/** What to select from `contact c` for {@link toContact}. */
export const CONTACT_COLUMNS = [
  'c.id, c.workspace_id, c.attributes, c.custom_attributes, c.attribute_times, c.sequence',
  ...[...TEXT_COLUMNS, ...COUNT_COLUMNS].map((column) => `c.${column}`),
  ...TIME_COLUMNS.map(epoch),
  epoch('archived_at'),
  epoch('blocked_at'),
  epoch('next_due_at'),
].join(', ');

export interface ContactRow
  extends
    Readonly<Record<(typeof TEXT_COLUMNS)[number], string | null>>,
    Readonly<Record<(typeof COUNT_COLUMNS)[number], number>> {
  readonly id: Id;
  readonly workspace_id: number;
  readonly attributes: Attributes;
  readonly custom_attributes: Attributes;
  readonly attribute_times: Record<string, number>;
  readonly sequence: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly signed_up_at: number | null;
  readonly last_seen_at: number | null;
  readonly archived_at: number | null;
  readonly blocked_at: number | null;
  readonly next_due_at: number | null;
}

export function toContact(row: ContactRow): Contact {
  const attributes = bare<AttributeValue>(row.attributes);
  for (const column of [...TEXT_COLUMNS, ...TIME_COLUMNS, ...COUNT_COLUMNS]) {
    const value = row[column];
    if (value !== null) attributes[column] = value;
  }
  attributes['id'] = row.id;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    attributes,
    customAttributes: bare(row.custom_attributes),
    attributeTimes: bare(row.attribute_times),
    archivedAt: row.archived_at,
    blockedAt: row.blocked_at,
    sequence: row.sequence,
    nextDueAt: row.next_due_at,
  };
}

/** A custom attribute may be called `constructor`: nothing is inherited here. */
export function bare<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(Object.create(null) as Record<string, T>, record);
}

/** The columns of many contacts, one array each, in the order and of the types of {@link CONTACT_VALUES}. */
export function toColumns(contacts: readonly Contact[]): unknown[] {
  const standard = (name: string): unknown[] => contacts.map((contact) => contact.attributes[name] ?? null);
  return [
    ...TEXT_COLUMNS.map(standard),
    ...TIME_COLUMNS.map(standard),
    ...COUNT_COLUMNS.map((name) => contacts.map((contact) => contact.attributes[name] ?? 0)),
    contacts.map((contact) => JSON.stringify(others(contact.attributes))),
    contacts.map((contact) => JSON.stringify(contact.customAttributes)),
    contacts.map((contact) => JSON.stringify(contact.attributeTimes)),
    contacts.map((contact) => contact.sequence),
    contacts.map((contact) => contact.archivedAt),
    contacts.map((contact) => contact.blockedAt),
    contacts.map((contact) => contact.nextDueAt),
  ];
}

/** Column names, and how each is read from `v`, whose times are unix seconds. */
export const CONTACT_VALUES: readonly (readonly [column: string, type: string, expression: string])[] = [
  ...TEXT_COLUMNS.map((column) => [column, 'text', `v.${column}`] as const),
  ...TIME_COLUMNS.map((column) => [column, 'float8', `to_timestamp(v.${column})`] as const),
  ...COUNT_COLUMNS.map((column) => [column, 'int', `v.${column}`] as const),
  ['attributes', 'jsonb', 'v.attributes'],
  ['custom_attributes', 'jsonb', 'v.custom_attributes'],
  ['attribute_times', 'jsonb', 'v.attribute_times'],
  ['sequence', 'bigint', 'v.sequence'],
  ['archived_at', 'float8', 'to_timestamp(v.archived_at)'],
  ['blocked_at', 'float8', 'to_timestamp(v.blocked_at)'],
  ['next_due_at', 'float8', 'to_timestamp(v.next_due_at)'],
];

function others(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !OWN_COLUMNS.has(name)));
}

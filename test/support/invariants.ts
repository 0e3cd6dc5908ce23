/** Tables whose rows belong to a contact. */
const HANGING = [
  'event',
  'event_summary',
  'session',
  'segment_membership',
  'contact_company',
  'contact_tag',
  'note',
  'contact_subscription',
];

const orphans = (table: string): [string, string] => [
  `${table}: rows of a contact that is gone`,
  `SELECT r.* FROM ${table} r
   WHERE NOT EXISTS (SELECT FROM contact c WHERE c.lane = r.lane AND c.id = r.contact_id)`,
];

const untagged = (table: string): [string, string] => [
  `${table}: rows of a tag that is gone`,
  `SELECT r.* FROM ${table} r WHERE NOT EXISTS (SELECT FROM tag WHERE tag.id = r.tag_id)`,
];

/**
 * What must never be there once everything that was accepted is applied, whoever did what at the same time: by what it
 * would be, the query that finds it.
 */
export const NEVER: Readonly<Record<string, string>> = Object.fromEntries([
  ...HANGING.map(orphans),
  ...['contact_tag', 'company_tag'].map(untagged),
  ['updates that could not be applied', 'SELECT * FROM inbox_failed'],
  [
    'names that lead elsewhere than to their contact',
    `SELECT i.* FROM contact_identity i LEFT JOIN contact c ON c.id = i.contact_id
     WHERE c.id IS NULL OR (i.kind = 'external_id' AND c.external_id IS DISTINCT FROM i.value)`,
  ],
  [
    'external ids under which nobody is found',
    `SELECT c.* FROM contact c WHERE c.external_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM contact_identity i
       WHERE i.kind = 'external_id' AND i.value = c.external_id AND i.contact_id = c.id)`,
  ],
  [
    'merged contacts that lead nowhere',
    'SELECT r.* FROM contact_redirect r WHERE NOT EXISTS (SELECT FROM contact c WHERE c.id = r.into_id)',
  ],
  [
    'ties to a company that is gone',
    'SELECT r.* FROM contact_company r WHERE NOT EXISTS (SELECT FROM company c WHERE c.id = r.company_id)',
  ],
  [
    'gaps in the numbers of notifications',
    `SELECT contact_id FROM notification WHERE contact_id IS NOT NULL GROUP BY contact_id
     HAVING min(sequence) <> 1 OR max(sequence) <> count(*) OR count(DISTINCT sequence) <> count(*)`,
  ],
  [
    'summaries that are not what the events add up to',
    `SELECT s.* FROM event_summary s WHERE s.count - s.seeded <> (
       SELECT count(*) FROM event e WHERE e.lane = s.lane AND e.contact_id = s.contact_id AND e.name = s.name)`,
  ],
  [
    'members of segments who are archived or visitors',
    `SELECT m.* FROM segment_membership m JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id
     JOIN segment s ON s.id = m.segment_id AND s.deleted_at IS NULL
     WHERE c.archived_at IS NOT NULL OR c.role = 'visitor'`,
  ],
  [
    'visitors who were told of as contacts',
    `SELECT n.* FROM notification n WHERE n.topic LIKE 'contact.%' AND n.body LIKE '%"role":"visitor"%'`,
  ],
]);

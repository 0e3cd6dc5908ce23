/** The people of `company c`: archived contacts do not count. */
export const PEOPLE = `FROM contact_company r
  JOIN contact p ON p.lane = r.lane AND p.id = r.contact_id AND p.archived_at IS NULL
  WHERE r.company_id = c.id`;

/** A company without people is hidden from lists and searches (reference 1.2). Asked of all companies at once. */
export const ANY_PEOPLE = `EXISTS (SELECT ${PEOPLE})`;

/** The same, by OFFSET, of one company after the other: a page in the order of an index reads no more than it shows. */
export const HAS_PEOPLE = `EXISTS (SELECT ${PEOPLE} OFFSET 0)`;

/**
 * Rows `u` with how many people each company of a workspace has, those without left out: counted all at once, which for
 * every company by itself takes ten times as long. @param workspace the place of its id
 */
export const peopleCounts = (workspace: string): string => `(
  SELECT r.company_id, count(*)::float8 AS people FROM contact_company r
  JOIN contact p ON p.lane = r.lane AND p.id = r.contact_id AND p.archived_at IS NULL
  WHERE r.workspace_id = ${workspace} GROUP BY r.company_id) AS u`;

/** The people of `company c`: archived contacts do not count. */
export const PEOPLE = `FROM contact_company r
  JOIN contact p ON p.lane = r.lane AND p.id = r.contact_id AND p.archived_at IS NULL
  WHERE r.company_id = c.id`;

/** A company without people is hidden from lists and searches (reference 1.2). Asked of all companies at once. */
export const ANY_PEOPLE = `EXISTS (SELECT ${PEOPLE})`;

/** The same, by OFFSET, of one company after the other: a page in the order of an index reads no more than it shows. */
export const HAS_PEOPLE = `EXISTS (SELECT ${PEOPLE} OFFSET 0)`;

/** The people of `company c`: archived contacts do not count. */
export const PEOPLE = `FROM contact_company r
  JOIN contact p ON p.lane = r.lane AND p.id = r.contact_id AND p.archived_at IS NULL
  WHERE r.company_id = c.id`;

/** A company without people is hidden from lists and searches (reference 1.2). */
export const HAS_PEOPLE = `EXISTS (SELECT ${PEOPLE})`;

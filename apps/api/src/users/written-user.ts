import type { UpsertUserBody } from '#contracts';
import type { AskedCompany, AskedUser, Sight } from '#pipeline';
import { writtenCompany } from '../companies/written-company.js';
import { given } from '../http/given.js';

type Company = NonNullable<UpsertUserBody['companies']>[number];

/** What a body of version 1 writes, by the names that contacts have. @param now unix seconds */
export function writtenUser(body: UpsertUserBody, now: number): AskedUser {
  const { id, user_id, email, custom_attributes, custom_data, companies, ...rest } = body;
  const { signed_up_at, remote_created_at, created_at, last_request_at, ...others } = rest;
  const {
    update_last_request_at,
    new_session,
    last_seen_ip: _,
    last_seen_user_agent: __,
    ...standard
  } = others;
  const signedUpAt = firstGiven(signed_up_at, remote_created_at, created_at);
  return {
    id,
    attributes: given({ ...standard, external_id: user_id, email, signed_up_at: signedUpAt }),
    customAttributes: { ...custom_data, ...custom_attributes },
    companies: (companies ?? []).map((company) => writtenInline(company, now)),
    sight: sightOf({ last_request_at, update_last_request_at, new_session }, now),
  };
}

function writtenInline({ company_id, remove, created_at, ...company }: Company, now: number): AskedCompany {
  const remote_created_at = firstGiven(company.remote_created_at, created_at);
  return { ...writtenCompany({ ...company, remote_created_at }, now), companyId: company_id, remove };
}

/** Of the names that a time has, the first that the body has it by. */
const firstGiven = (...times: readonly (number | null | undefined)[]) => times.find((at) => at !== undefined);

type Seen = Pick<UpsertUserBody, 'last_request_at' | 'update_last_request_at' | 'new_session'>;

/** Either flag makes an activity of it. */
function sightOf({ last_request_at: seenAt, ...flags }: Seen, now: number): Sight | undefined {
  const startsSession = flags.new_session === true;
  if (startsSession || flags.update_last_request_at)
    return { at: seenAt ?? now, activity: startsSession ? { startsSession } : {} };
  return typeof seenAt === 'number' ? { at: seenAt } : undefined;
}

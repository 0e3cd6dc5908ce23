import { sightOf, type UpsertUserBody, writtenInline } from '#contracts';
import { given, type Surroundings } from '#domain';
import type { AskedUser } from '#pipeline';

/** What a body of version 1 writes, by the names that contacts have. @param now unix seconds */
export function writtenUser(body: UpsertUserBody, now: number): AskedUser {
  const { id, user_id, email, custom_attributes, custom_data, companies, ...rest } = body;
  const { signed_up_at, remote_created_at, created_at, last_request_at, ...others } = rest;
  const { update_last_request_at, new_session, last_seen_ip, last_seen_user_agent, ...standard } = others;
  const signedUpAt = firstGiven(signed_up_at, remote_created_at, created_at);
  return {
    id,
    attributes: given({ ...standard, external_id: user_id, email, signed_up_at: signedUpAt }),
    customAttributes: { ...custom_data, ...custom_attributes },
    companies: (companies ?? []).map((company) => writtenInline(company, now)),
    sight: sightOf({ last_request_at, update_last_request_at, new_session }, now),
    surroundings: surroundingsOf({ last_seen_ip, last_seen_user_agent }),
  };
}

function surroundingsOf({
  last_seen_ip: ip,
  last_seen_user_agent: userAgent,
}: Pick<UpsertUserBody, 'last_seen_ip' | 'last_seen_user_agent'>): Surroundings | undefined {
  if (!ip && !userAgent) return undefined;
  return { platform: 'web', ip: ip ?? undefined, userAgent: userAgent ?? undefined };
}

/** Of the names that a time has, the first that the body has it by. */
const firstGiven = (...times: readonly (number | null | undefined)[]) => times.find((at) => at !== undefined);

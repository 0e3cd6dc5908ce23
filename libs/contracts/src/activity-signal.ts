import { given, isId, isMobile, type Surroundings } from '#domain';
import type { ActivityBody } from './activity.contract.js';
import { writtenInline } from './written-company.js';

/** A sign of life as a signal of its source; that of an app says that it became active. @param now unix seconds, for what says no time */
export function activitySignal(body: ActivityBody, now: number) {
  return {
    create: body.create === true,
    who: whoOf(body),
    at: body.created_at ?? now,
    traits: traitsOf(body),
    companies: (body.companies ?? []).map((company) => writtenInline(company, now)),
    activity: {
      platform: body.platform,
      startsSession: isMobile(body.platform) || body.new_session === true,
    },
    surroundings: surroundingsOf(body),
  };
}

/** An id that can be nobody's is passed over when there is another name. */
function whoOf({ id, user_id: externalId, email, anonymous_id: anonymousId }: ActivityBody) {
  const others = { externalId, email, anonymousId };
  const otherwise = Object.values(others).some((name) => name !== undefined);
  return id !== undefined && otherwise && !isId(id) ? others : { id, ...others };
}

/** What is written as of the activity: what is null is cleared, what is left out stays. */
function traitsOf(body: ActivityBody) {
  const { name, phone, language_override, signed_up_at, unsubscribed_from_emails } = body;
  const written = { name, phone, language_override, signed_up_at, unsubscribed_from_emails };
  return {
    attributes: { ...given({ ...written, enabled_push_messaging: body.push_enabled }), ...clearedOf(body) },
    customAttributes: body.custom_attributes ?? {},
  };
}

/** What the app says that it is not, or not any more. */
function clearedOf({ platform, ...body }: ActivityBody): Record<string, null> {
  const fields = ['app_name', 'app_version', 'device', 'os_version', 'sdk_version'] as const;
  const cleared = fields.filter((field) => body[field] === null);
  return Object.fromEntries(cleared.map((field) => [`${platform}_${field}`, null]));
}

function surroundingsOf(body: ActivityBody): Surroundings {
  return {
    platform: body.platform,
    ip: body.ip ?? undefined,
    userAgent: body.user_agent ?? undefined,
    language: body.language ?? undefined,
    timezone: body.timezone ?? undefined,
    mobile: {
      appName: body.app_name ?? undefined,
      appVersion: body.app_version ?? undefined,
      device: body.device ?? undefined,
      osVersion: body.os_version ?? undefined,
      sdkVersion: body.sdk_version ?? undefined,
    },
    touch: {
      referrer: body.referrer ?? undefined,
      campaign: body.utm_campaign ?? undefined,
      source: body.utm_source ?? undefined,
      medium: body.utm_medium ?? undefined,
      term: body.utm_term ?? undefined,
      content: body.utm_content ?? undefined,
    },
  };
}

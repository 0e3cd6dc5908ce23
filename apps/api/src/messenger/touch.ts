import type { SignalBody } from '#contracts';
import { MAX_ATTRIBUTE_STRING, type Touch } from '#domain';
import type { Campaign } from './user-data.js';

type Page = NonNullable<SignalBody['page']>;

/** Where a page was reached from. Whoever comes from another page of the same site was touched before. */
export function touchOf({ url, referrer }: Page, campaign: Campaign): Touch {
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  const utm = (name: keyof Campaign): string | undefined =>
    campaign[name] ?? (query.get(name)?.slice(0, MAX_ATTRIBUTE_STRING) || undefined);
  return {
    referrer: isElsewhere(referrer, url) ? referrer : undefined,
    campaign: utm('utm_campaign'),
    source: utm('utm_source'),
    medium: utm('utm_medium'),
    term: utm('utm_term'),
    content: utm('utm_content'),
  };
}

const isElsewhere = (referrer: string, url: string): boolean =>
  URL.canParse(referrer) && URL.canParse(url) && new URL(referrer).host !== new URL(url).host;

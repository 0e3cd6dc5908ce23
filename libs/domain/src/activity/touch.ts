import { cleanText } from '../attribute/clean-text.js';
import type { Touch } from './surroundings.js';

/**
 * Where a page was reached from, of its URL and its referrer: undefined when neither tells. From one page of a site to
 * another nobody is referred. Of what is no URL nothing is read, and what is too long for an attribute is cut.
 */
export function touchOf(url: string | undefined, referrer: string | undefined): Touch | undefined {
  const page = parsed(url);
  const utm = (name: string) => cleanText(page?.searchParams.get(`utm_${name}`) ?? undefined);
  const touch = {
    referrer: referrerOf(page, parsed(referrer)),
    campaign: utm('campaign'),
    source: utm('source'),
    medium: utm('medium'),
    term: utm('term'),
    content: utm('content'),
  };
  return Object.values(touch).some((value) => value !== undefined) ? touch : undefined;
}

const parsed = (url: string | undefined): URL | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url) : undefined;

/** Without what only the browser and the site need: a login, and the place on the page. */
function referrerOf(page: URL | undefined, referrer: URL | undefined): string | undefined {
  if (!referrer?.host || siteOf(referrer) === (page && siteOf(page))) return undefined;
  referrer.username = referrer.password = referrer.hash = '';
  return cleanText(referrer.href);
}

/** `www.` is the same site. */
const siteOf = ({ host }: URL): string => host.replace(/^www\./, '');

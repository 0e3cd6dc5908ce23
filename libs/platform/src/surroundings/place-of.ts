import { countries } from 'countries-list';
import { cleanText } from '#domain';

/** Where an address is; what is not known of it is undefined. Names are in English. */
export interface Place {
  readonly country: string;
  /** ISO 3166-1: `IE`. */
  readonly countryCode: string;
  /** `EU`, `NA`. */
  readonly continentCode?: string | undefined;
  readonly region?: string | undefined;
  readonly city?: string | undefined;
  readonly postalCode?: string | undefined;
  /** An IANA name: `Europe/Dublin`. */
  readonly timezone?: string | undefined;
}

const NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const CONTINENTS = new Map(Object.entries(countries).map(([code, { continent }]) => [code, continent]));

/**
 * The place that a record of a city database tells of: flat as that of DB-IP in npm has it, or nested as MaxMind's format
 * has it. Undefined when it does not even tell the country.
 */
export function placeOf(record: unknown): Place | undefined {
  const read = (...path: (string | number)[]) => textAt(record, path);
  const countryCode = read('country_code') ?? read('country', 'iso_code') ?? '';
  const country = /^[A-Z]{2}$/.test(countryCode) ? NAMES.of(countryCode) : undefined;
  if (country === undefined) return undefined;
  return {
    country,
    countryCode,
    continentCode: CONTINENTS.get(countryCode),
    region: read('state1') ?? read('subdivisions', 0, 'names', 'en'),
    city: read('city') ?? read('city', 'names', 'en'),
    postalCode: read('postcode') ?? read('postal', 'code'),
    timezone: read('timezone') ?? read('location', 'time_zone'),
  };
}

function textAt(record: unknown, path: readonly (string | number)[]): string | undefined {
  let value = record;
  for (const key of path) value = (value as Record<string | number, unknown> | null | undefined)?.[key];
  return typeof value === 'string' ? cleanText(value) : undefined;
}

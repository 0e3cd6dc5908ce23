import { countries } from 'countries-list';
import { z } from 'zod';
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

const text = z.string().optional().catch(undefined);
const named = z.object({ names: z.object({ en: z.string() }) });
const name = named.transform(({ names }) => names.en);

/** A record of a city database: flat as that of DB-IP in npm has it, or nested as MaxMind's format has it. */
const cityRecord = z.object({
  country_code: text,
  state1: text,
  city: z.union([z.string(), name]).optional().catch(undefined),
  postcode: text,
  timezone: text,
  country: z.object({ iso_code: text }).optional().catch(undefined),
  subdivisions: z.array(name).optional().catch(undefined),
  postal: z.object({ code: text }).optional().catch(undefined),
  location: z.object({ time_zone: text }).optional().catch(undefined),
});

const NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const CONTINENTS = new Map(Object.entries(countries).map(([code, { continent }]) => [code, continent]));

/** The place that a record tells of; undefined when it does not even tell the country. */
export function placeOf(record: unknown): Place | undefined {
  const read = cityRecord.safeParse(record);
  if (!read.success) return undefined;
  const { country_code, state1, city, postcode, timezone, ...nested } = read.data;
  const countryCode = country_code ?? nested.country?.iso_code ?? '';
  const country = /^[A-Z]{2}$/.test(countryCode) ? NAMES.of(countryCode) : undefined;
  if (country === undefined) return undefined;
  return {
    country,
    countryCode,
    continentCode: CONTINENTS.get(countryCode),
    region: cleanText(state1 ?? nested.subdivisions?.[0]),
    city: cleanText(city),
    postalCode: cleanText(postcode ?? nested.postal?.code),
    timezone: cleanText(timezone ?? nested.location?.time_zone),
  };
}

import { randomBytes } from 'node:crypto';
import { type Id, makeId, type Update } from '#domain';
import { eventName, planName } from './segments.js';

/** How an update is made: the `i`th of `of`, as of `at` in unix seconds. */
export interface Turn {
  readonly i: number;
  readonly at: number;
  readonly round: number;
}

export function anEvent({ i, at, round }: Turn): Update {
  return {
    kind: 'event',
    id: makeId(at, randomBytes(6)),
    name: eventName(i),
    createdAt: at,
    dedupeKey: `${round} ${i}`,
    metadata: { amount: i % 100 },
  };
}

/** As a browser tells it, for a company one time in five. */
export function anActivity({ i, at }: Turn, companies: readonly Id[]): Update {
  const company = i % 5 === 0 ? companies[i % companies.length] : undefined;
  return {
    kind: 'activity',
    createdAt: at,
    platform: 'web',
    attributes: {
      browser: 'Firefox',
      browser_version: `${130 + (i % 10)}.0`,
      browser_language: 'en-GB',
      os: 'Windows 11',
      'location.country': 'Ireland',
      'location.region': 'Leinster',
      'location.city': `City ${i % 100}`,
      'location.country_code': 'IRL',
      'location.continent_code': 'EU',
    },
    firstTouch: { referrer: 'https://example.com/', utm_source: 'ad' },
    companyIds: company === undefined ? [] : [company],
  };
}

export function anIdentify({ i, at }: Turn): Update {
  return {
    kind: 'attributes',
    at,
    attributes: { name: `Person ${i % 1000}` },
    customAttributes: { plan: planName(i), seats: i % 100 },
  };
}

/** Half are activity, four in ten events, one in ten identifies, of each contact as of all. */
export function mixed(turn: Turn, companies: readonly Id[]): Update {
  const kind = Math.floor(turn.i / 3) % 10;
  if (kind < 5) return anActivity(turn, companies);
  return kind < 9 ? anEvent(turn) : anIdentify(turn);
}

import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { AttributeValue, IpAddresses } from '#domain';
import { keptAddress, type Place, Places } from '#platform';
import { AddressChoices } from './address-choices.js';

type Values = Readonly<Record<string, AttributeValue | null>>;

/** Addresses that are remembered, for each choice that there is of what is kept of them. */
const REMEMBERED_ADDRESSES = 20_000;

const memory = () => new LRUCache<string, Values>({ max: REMEMBERED_ADDRESSES });

/** Tells what addresses say as attributes, by API name. Reading one takes tens of microseconds, so answers are kept. */
@Injectable()
export class Addresses {
  private readonly known: Readonly<Record<IpAddresses, LRUCache<string, Values>>> = {
    full: memory(),
    truncated: memory(),
    none: memory(),
  };

  constructor(
    private readonly places: Places,
    private readonly choices: AddressChoices,
  ) {}

  /** The place is looked up by the whole address, whatever the workspace keeps of it. */
  async describe(workspaceId: number, ip: string): Promise<Values> {
    const choice = await this.choices.find(workspaceId);
    const known = this.known[choice].get(ip);
    if (known) return known;
    const place = await this.places.find(ip);
    const described = { ...keptOf(ip, choice), ...(place && locationOf(place)) };
    this.known[choice].set(ip, described);
    return described;
  }
}

/** Where nothing is kept, what was kept before goes. */
function keptOf(ip: string, choice: IpAddresses): Values {
  if (choice === 'none') return { last_seen_ip: null };
  const kept = keptAddress(ip, choice);
  return kept === undefined ? {} : { last_seen_ip: kept };
}

/** A place replaces the one before as a whole. Few time zones are known by address: a device's own stays. */
const locationOf = ({ timezone, ...place }: Place): Values => ({
  'location.country': place.country,
  'location.country_code': place.countryCode,
  'location.continent_code': place.continentCode ?? null,
  'location.region': place.region ?? null,
  'location.city': place.city ?? null,
  'location.postal_code': place.postalCode ?? null,
  ...(timezone === undefined ? {} : { 'location.timezone': timezone }),
});

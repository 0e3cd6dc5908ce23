import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { NO_GEOIP } from '../config.js';
import { placeOf } from './place-of.js';
import { Places } from './places.js';

const failures: unknown[] = [];
const logger = { failure: (_: string, error: unknown) => void failures.push(error) };
const directory = mkdtempSync(join(tmpdir(), 'muster-places-'));
const places = new Places(logger);

afterEach(() => void (failures.length = 0));
afterAll(() => rmSync(directory, { recursive: true }));

describe('an address', () => {
  it('is somewhere, by IPv4 and by IPv6', async () => {
    expect(await places.find('8.8.8.8')).toMatchObject({
      country: 'United States',
      countryCode: 'US',
      continentCode: 'NA',
      region: 'California',
      city: 'Mountain View',
    });
    expect(await places.find('2001:4860:4860::8888')).toMatchObject({ continentCode: 'NA' });
    expect(await places.find('::ffff:8.8.8.8')).toEqual(await places.find('8.8.8.8'));
  });

  it.each(['10.0.0.1', '127.0.0.1', '::1', 'fd00::1', '255.255.255.255', 'nonsense', ''])(
    '%j is nowhere',
    async (ip) => {
      expect(await places.find(ip)).toBeUndefined();
      expect(failures).toEqual([]);
    },
  );

  it('is nowhere where that is switched off', async () => {
    expect(await new Places(logger, NO_GEOIP).find('8.8.8.8')).toBeUndefined();
    expect(failures).toEqual([]);
  });

  it.each(['missing', 'broken'])('is nowhere by a file that is %s, which is logged', async (name) => {
    const file = join(directory, `${name}.mmdb`);
    if (name === 'broken') writeFileSync(file, 'nothing of the kind');

    expect(await new Places(logger, file).find('8.8.8.8')).toBeUndefined();
    expect(failures).toHaveLength(1);
  });
});

describe('a record', () => {
  it("may be nested, as in MaxMind's databases", () => {
    const en = (name: string) => ({ names: { en: name, de: 'anders' } });
    const record = {
      country: { iso_code: 'IE', ...en('Ireland') },
      subdivisions: [{ iso_code: 'L', ...en('Leinster') }],
      city: en('Dublin'),
      postal: { code: 'D02' },
      location: { time_zone: 'Europe/Dublin', latitude: 53.3 },
    };

    expect(placeOf(record)).toEqual({
      country: 'Ireland',
      countryCode: 'IE',
      continentCode: 'EU',
      region: 'Leinster',
      city: 'Dublin',
      postalCode: 'D02',
      timezone: 'Europe/Dublin',
    });
  });

  it('keeps what can be read of it', () => {
    expect(placeOf({ country_code: 'IE', city: 7, state1: '', timezone: ['x'] })).toEqual({
      country: 'Ireland',
      countryCode: 'IE',
      continentCode: 'EU',
    });
  });

  it.each([null, undefined, 'IE', {}, { country_code: '' }, { country_code: 'ie' }, { country_code: 'QQ' }])(
    '%j is no place',
    (record) => {
      expect(placeOf(record)).toBeUndefined();
    },
  );
});

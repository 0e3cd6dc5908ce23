import { describe, expect, it } from '@jest/globals';
import { loadConfig, loadEnvironment } from './config.js';
import { StartError } from './start-error.js';

const production = {
  DATABASE_URL: 'postgres://muster@db:5432/muster',
  MUSTER_SECRET_KEY: 'sixteen characters and more',
};

describe('the settings', () => {
  it('have a default for everything that can be embedded', () => {
    expect(loadEnvironment({})).toEqual({
      HOST: '127.0.0.1',
      PORT: 3000,
      MUSTER_RATE_LIMIT: 1_000_000,
      MUSTER_WORKSPACE_RATE_LIMIT: 2_500_000,
      MUSTER_ADDRESS_RATE_LIMIT: 3_000,
      MUSTER_MAX_FUTURE: 86_400,
      MUSTER_SEARCH_TIMEOUT: 10,
      MUSTER_DATA_DIR: '.data',
      MUSTER_APP_ID: 'demo',
      LOG_LEVEL: 'info',
    });
  });

  it('take an empty variable as unset', () => {
    expect(loadEnvironment({ PORT: '', DATABASE_URL: '', MUSTER_TOKEN: '' })).toMatchObject({ PORT: 3000 });
  });

  it('leave out what is not theirs', () => {
    expect(loadEnvironment({ HOME: '/root' })).not.toHaveProperty('HOME');
  });

  it('list all problems at once, each by its name and what was expected', () => {
    const bad = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      MUSTER_TOKEN: 'short',
      MUSTER_APP_ID: 'a b',
      DATABASE_URL: 'mysql://db',
      REDIS_URL: 'http://redis',
      MUSTER_ALLOW_TARGETS: '10.0.0.0/8, intranet',
      MUSTER_TRUST_PROXY: 'true',
      MUSTER_MAX_FUTURE: '1 day',
      MUSTER_GEOIP: '/nowhere/city.mmdb',
    };
    const message = failure(() => loadEnvironment(bad))
      .message.split('\n')
      .slice(1)
      .sort();
    expect(message).toEqual([
      '  DATABASE_URL: expected postgres://user:password@host:5432/database',
      '  LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent',
      '  MUSTER_ALLOW_TARGETS: expected networks separated by commas, such as 10.0.0.0/8',
      '  MUSTER_APP_ID: expected 1 to 64 letters, digits, dashes or underscores',
      '  MUSTER_GEOIP: expected off, or the path of an .mmdb file that is there',
      '  MUSTER_MAX_FUTURE: expected a whole number of seconds, 0 or more',
      '  MUSTER_SECRET_KEY: expected 16 characters or more; make one with: openssl rand -hex 32 (it is not set)',
      '  MUSTER_TOKEN: expected 16 characters or more',
      '  MUSTER_TRUST_PROXY: expected networks separated by commas, such as 10.0.0.0/8',
      '  PORT: expected a whole number from 0 to 65535',
      '  REDIS_URL: expected redis://host:6379 or rediss://host:6379',
    ]);
  });

  it.each(['x', '-1', '1.5', '65536', 'Infinity'])('refuse %s as a port', (PORT) => {
    expect(failure(() => loadEnvironment({ PORT })).message).toContain('PORT: expected a whole number');
  });

  it.each(['0', '65535'])('take %s as a port', (PORT) => {
    expect(loadEnvironment({ PORT }).PORT).toBe(Number(PORT));
  });

  it.each(['x', '0', '3600.1'])('refuse %s as the time of a search', (MUSTER_SEARCH_TIMEOUT) => {
    expect(failure(() => loadEnvironment({ MUSTER_SEARCH_TIMEOUT })).message).toContain('at most 3600');
  });

  it.each(['0.1', '3600'])('take %s as the time of a search', (MUSTER_SEARCH_TIMEOUT) => {
    expect(loadEnvironment({ MUSTER_SEARCH_TIMEOUT })).toMatchObject({
      MUSTER_SEARCH_TIMEOUT: Number(MUSTER_SEARCH_TIMEOUT),
    });
  });

  it('ask for a secret key where the database is not embedded', () => {
    expect(loadEnvironment(production)).toMatchObject(production);
    expect(failure(() => loadEnvironment({ DATABASE_URL: production.DATABASE_URL })).message).toContain(
      'openssl rand',
    );
  });

  it('of a production process name the database', () => {
    expect(loadConfig(production)).toMatchObject(production);
    expect(failure(() => loadConfig({})).message).toMatch(/DATABASE_URL: .*not set.*\n.*MUSTER_SECRET_KEY/);
  });

  it('are never repeated in a message, for some are secret', () => {
    expect(failure(() => loadEnvironment({ MUSTER_TOKEN: 'hunter2' })).message).not.toContain('hunter2');
  });
});

function failure(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return error as Error;
  }
  throw new Error('nothing was refused');
}

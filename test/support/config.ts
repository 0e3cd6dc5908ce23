import { type Config, configSchema } from '#platform';

/** Settings of a process under test. */
export function testConfig(settings: { DATABASE_URL: string } & Partial<Config>): Config {
  return {
    ...configSchema.parse({ LOG_LEVEL: 'silent', PORT: 0 }),
    MUSTER_SECRET_KEY: 'a secret key that only tests use',
    ...settings,
  };
}

/** The access token of the first workspace. */
export const TOKEN = 'a-token-that-only-tests-use';

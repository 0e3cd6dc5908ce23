import { existsSync } from 'node:fs';
import { z } from 'zod';
import { isTargetList } from './outbound/address-guard.js';
import { StartError } from './start-error.js';

/** Injects the validated {@link Config}. */
export const CONFIG = Symbol('CONFIG');

/** What switches look-ups of places off, instead of a file's path. */
export const NO_GEOIP = 'off';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The message of a setting's failure is what was expected: check() puts the name before it. */
const port = 'a whole number from 0 to 65535';
const text = (expected: string, least = 1) => z.string(expected).min(least, expected);
const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'postgres://user:password@host:5432/database',
});
const networks = 'networks separated by commas, such as 10.0.0.0/8';
const calls = 'a whole number of calls a minute, 1 or more';
const rateLimit = z.coerce.number(calls).int(calls).min(1, calls);
const geoip = `${NO_GEOIP}, or the path of an .mmdb file that is there`;
const isGeoip = (value: string) => value === NO_GEOIP || (value.endsWith('.mmdb') && existsSync(value));
const future = 'a whole number of seconds, 0 or more';
const MAX_SEARCH_SECONDS = 3600;
const searchSeconds = `a number of seconds, more than 0 and at most ${MAX_SEARCH_SECONDS}`;
const secretKey = text('16 characters or more; make one with: openssl rand -hex 32', 16);

/** Every setting, by environment variable. Unset means the embedded default. */
export const configSchema = z.object({
  HOST: text('an address to listen on').default('127.0.0.1'),
  PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(3000),
  MUSTER_DATA_DIR: text('the path of a directory').default('.data'),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'redis://host:6379 or rediss://host:6379' }).optional(),
  MUSTER_TOKEN: text('16 characters or more', 16).optional(),
  MUSTER_APP_ID: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,64}$/, '1 to 64 letters, digits, dashes or underscores')
    .default('demo'),
  MUSTER_SECRET_KEY: secretKey.optional(),
  MUSTER_ALLOW_TARGETS: z.string().refine(isTargetList, networks).optional(),
  MUSTER_RATE_LIMIT: rateLimit.default(1_000_000),
  MUSTER_WORKSPACE_RATE_LIMIT: rateLimit.default(2_500_000),
  MUSTER_ADDRESS_RATE_LIMIT: rateLimit.default(3_000),
  MUSTER_TRUST_PROXY: z.string().refine(isTargetList, networks).optional(),
  MUSTER_MAX_FUTURE: z.coerce.number(future).int(future).min(0, future).default(86_400),
  MUSTER_GEOIP: z.string().refine(isGeoip, geoip).optional(),
  MUSTER_SEARCH_TIMEOUT: z.coerce
    .number(searchSeconds)
    .positive(searchSeconds)
    .max(MAX_SEARCH_SECONDS, searchSeconds)
    .default(10),
  LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
});

/** Where the stores are not ours to start, their address must be told, and the key that opens what is kept there. */
const productionSchema = configSchema.extend({ DATABASE_URL: databaseUrl, MUSTER_SECRET_KEY: secretKey });

/** The environment, checked. */
export type Environment = z.infer<typeof configSchema>;

/** What a running process needs to know: the stores it talks to are known by then, whoever started them. */
export type Config = Environment & { DATABASE_URL: string; MUSTER_SECRET_KEY: string };

type Variables = Readonly<Record<string, string | undefined>>;

/** The settings of a process that finds its stores running. @throws {StartError} with all problems at once */
export function loadConfig(variables: Variables): Config {
  return check(productionSchema, variables);
}

/** The settings of a process that starts what it is not told of. @throws {StartError} with all problems at once */
export function loadEnvironment(variables: Variables): Environment {
  return check(variables['DATABASE_URL'] ? productionSchema : configSchema, variables);
}

/** An empty variable counts as unset: that is how shells and compose files unset one. */
function check<T>(schema: z.ZodType<T>, variables: Variables): T {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const problems = new Map(result.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
  const lines = [...problems].map(
    ([name, expected]) =>
      `  ${name}: expected ${expected}${set[name] === undefined ? ' (it is not set)' : ''}`,
  );
  throw new StartError(`These settings are not right; correct them and start again:\n${lines.join('\n')}`);
}

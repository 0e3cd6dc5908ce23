import { z } from 'zod';

/** Injects the validated {@link Config}. */
export const CONFIG = Symbol('CONFIG');

/** Every setting, by environment variable. Unset means the embedded default. */
export const configSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  MUSTER_DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  MUSTER_TOKEN: z.string().min(16).optional(),
  MUSTER_APP_ID: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,64}$/)
    .default('demo'),
  MUSTER_SECRET_KEY: z.string().min(16).optional(),
  MUSTER_ALLOW_TARGETS: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The environment, checked. */
export type Environment = z.infer<typeof configSchema>;

/** What a running process needs to know: the stores it talks to are known by then, whoever started them. */
export type Config = Environment & { DATABASE_URL: string; MUSTER_SECRET_KEY: string };

import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Database, DatabaseModule } from '#database';
import { ApplyLanes, ApplyModule, LaneRanges } from '#pipeline';
import { configSchema, Logger, PlatformModule } from '#platform';
import { QueueModule } from '#queue';

/** A worker that applies, and nothing else. */
export async function startApply(url: string): Promise<INestApplicationContext> {
  const config = {
    ...configSchema.parse({ LOG_LEVEL: 'error' }),
    DATABASE_URL: url,
    MUSTER_SECRET_KEY: 'k'.repeat(32),
  };
  return NestFactory.createApplicationContext(
    {
      module: class Bench {},
      imports: [
        PlatformModule.forRoot(config),
        DatabaseModule,
        QueueModule.forRoot(['apply.lanes']),
        ApplyModule,
      ],
    },
    { logger: Logger.at('error') },
  );
}

/** Applies all that is in the inbox. */
export async function applyAll(app: INestApplicationContext): Promise<void> {
  const lanes = Array.from({ length: 256 }, (_, lane) => lane);
  const ranges = [...app.get(LaneRanges, { strict: false }).of(lanes)];
  await Promise.all(
    ranges.map(async ({ from, to }) => {
      const left = async () => {
        const one = 'SELECT FROM inbox WHERE lane BETWEEN $1 AND $2 LIMIT 1';
        return (await app.get(Database).query(one, [from, to])).length;
      };
      while ((await left()) > 0) await app.get(ApplyLanes, { strict: false }).drain({ from, to });
    }),
  );
}

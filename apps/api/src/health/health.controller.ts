import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { InboxRepository } from '#database';
import { JobProducer } from '#queue';
import { Public } from '../http/public.decorator.js';

/** A check that takes longer than this has failed, in milliseconds. */
const TIMEOUT = 3000;

/** An accepted update that has waited longer than this means that nobody applies, in seconds. */
const MAX_WAIT = 60;

/** For whoever decides whether to restart this process, and whether to send it requests. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly inbox: InboxRepository,
    private readonly jobs: JobProducer,
  ) {}

  /** The process runs. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** Postgres and the queue answer, and no accepted update has waited for more than a minute; 503 otherwise. */
  @Get('ready')
  async ready() {
    const { status, details } = await this.health.check([
      this.check('database', () => this.checkDatabase()),
      this.check('queue', () => answered(this.jobs.check())),
    ]);
    return { status, checks: details };
  }

  private check(name: string, work: () => Promise<Record<string, unknown> | void>) {
    return this.indicator.check(name).attempt(work).withTimeout(TIMEOUT);
  }

  private async checkDatabase() {
    const waiting = await answered(this.inbox.waiting());
    const oldest = Math.max(0, ...waiting.map((lane) => lane.seconds));
    if (oldest > MAX_WAIT) throw new Error(`an accepted update has waited for ${Math.round(oldest)} s`);
    return { oldest_inbox_row_seconds: oldest };
  }
}

/** What the matter is belongs into the log, not into the answer of a public route. */
async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new Error('does not answer');
  }
}

import { Controller, Get, Module } from '@nestjs/common';

/** PLACEHOLDER until the api lands. */
@Controller('health')
class HealthController {
  @Get('live')
  live(): object {
    return { status: 'ok' };
  }
}

@Module({ controllers: [HealthController] })
import { Module } from '@nestjs/common';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';

/** What the api process runs: the HTTP face, a folder per noun. */
@Module({ imports: [HttpModule, HealthModule] })
export class ApiModule {}

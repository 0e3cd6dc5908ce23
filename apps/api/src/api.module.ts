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
export class ApiModule {}

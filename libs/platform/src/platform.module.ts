import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { Ids } from './ids.js';
import { CONFIG, type Config } from './config.js';
import { Logger } from './logger.js';

/** What every process has: its settings, a clock and a logger. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config, logger = Logger.at(config.LOG_LEVEL)): DynamicModule {
    return {
      module: PlatformModule,
      providers: [{ provide: CONFIG, useValue: config }, { provide: Logger, useValue: logger }, Clock, Ids],
      exports: [CONFIG, Logger, Clock, Ids],
    };
  }
}

import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { type Config, PlatformModule } from '#platform';
import { type JobName, jobs, QueueModule } from '#queue';
import { ApiModule } from '../../api/src/api.module.js';
import { DispatcherModule } from '../../dispatcher/src/dispatcher.module.js';
import { WorkerModule } from '../../worker/src/worker.module.js';

/** All of Muster in one process. */
@Module({ imports: [ApiModule, WorkerModule, DispatcherModule] })
export class StandaloneModule {
  static with(config: Config): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        PlatformModule.forRoot(config),
        DatabaseModule,
        QueueModule.forRoot(Object.keys(jobs) as JobName[]),
      ],
    };
  }
}

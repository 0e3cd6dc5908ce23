import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import { Database } from './database.js';
import { dataSource } from './data-source.js';
import { InboxRepository } from './repositories/inbox.repository.js';
import { WorkspaceRepository } from './repositories/workspace.repository.js';

const repositories = [InboxRepository, WorkspaceRepository];

const database = {
  provide: Database,
  inject: [CONFIG],
  useFactory: async (config: Config) =>
    new Database(await dataSource({ url: config.DATABASE_URL }).initialize()),
};

/** The repositories, over one pool of connections per process. */
@Global()
@Module({ providers: [database, ...repositories], exports: [Database, ...repositories] })
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  onApplicationShutdown(): Promise<void> {
    return this.database.close();
  }
}

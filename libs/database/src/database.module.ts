import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import { Database } from './database.js';
import { dataSource } from './data-source.js';
import { BackfillRepository } from './repositories/backfill.repository.js';
import { ContactRepository } from './repositories/contact.repository.js';
import { ContactSearchRepository } from './repositories/contact-search.repository.js';
import { ContactTotalRepository } from './repositories/contact-total.repository.js';
import { DeliveryLogRepository } from './repositories/delivery-log.repository.js';
import { DeliveryRepository } from './repositories/delivery.repository.js';
import { EndpointRepository } from './repositories/endpoint.repository.js';
import { EventRepository } from './repositories/event.repository.js';
import { IdentityRepository } from './repositories/identity.repository.js';
import { InboxRepository } from './repositories/inbox.repository.js';
import { MembershipRepository } from './repositories/membership.repository.js';
import { NotificationRepository } from './repositories/notification.repository.js';
import { RelationRepository } from './repositories/relation.repository.js';
import { SegmentRepository } from './repositories/segment.repository.js';
import { SessionRepository } from './repositories/session.repository.js';
import { WorkspaceRepository } from './repositories/workspace.repository.js';

const repositories = [
  BackfillRepository,
  ContactRepository,
  ContactSearchRepository,
  ContactTotalRepository,
  DeliveryLogRepository,
  DeliveryRepository,
  EndpointRepository,
  EventRepository,
  IdentityRepository,
  InboxRepository,
  MembershipRepository,
  NotificationRepository,
  RelationRepository,
  SegmentRepository,
  SessionRepository,
  WorkspaceRepository,
];

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

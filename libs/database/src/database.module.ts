import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#platform';
import { Database } from './database.js';
import { dataSource } from './data-source.js';
import { AdminRepository } from './repositories/admin.repository.js';
import { AttributeHistoryRepository } from './repositories/attribute-history.repository.js';
import { AuditRepository } from './repositories/audit.repository.js';
import { BackfillRepository } from './repositories/backfill.repository.js';
import { CompanyActivityRepository } from './repositories/company-activity.repository.js';
import { CompanyTagRepository } from './repositories/company-tag.repository.js';
import { ContactSubscriptionRepository } from './repositories/contact-subscription.repository.js';
import { ContactTagRepository } from './repositories/contact-tag.repository.js';
import { CompanyLinkRepository } from './repositories/company-link.repository.js';
import { CompanyListRepository } from './repositories/company-list.repository.js';
import { CompanySearchRepository } from './repositories/company-search.repository.js';
import { CompanyRepository } from './repositories/company.repository.js';
import { ContactRepository } from './repositories/contact.repository.js';
import { DataAttributeRepository } from './repositories/data-attribute.repository.js';
import { DataExportRepository } from './repositories/data-export.repository.js';
import { ContactSearchRepository } from './repositories/contact-search.repository.js';
import { ContactTotalRepository } from './repositories/contact-total.repository.js';
import { DeliveryLogRepository } from './repositories/delivery-log.repository.js';
import { DeliveryRepository } from './repositories/delivery.repository.js';
import { EndpointRepository } from './repositories/endpoint.repository.js';
import { EventLogRepository } from './repositories/event-log.repository.js';
import { EventNameRepository } from './repositories/event-name.repository.js';
import { ErasureRepository } from './repositories/erasure.repository.js';
import { EventRepository } from './repositories/event.repository.js';
import { ExportWorkRepository } from './repositories/export-work.repository.js';
import { IdentitySecretRepository } from './repositories/identity-secret.repository.js';
import { IdentityRepository } from './repositories/identity.repository.js';
import { InboxRepository } from './repositories/inbox.repository.js';
import { MembershipRepository } from './repositories/membership.repository.js';
import { NoteRepository } from './repositories/note.repository.js';
import { MergeRepository } from './repositories/merge.repository.js';
import { NotificationRepository } from './repositories/notification.repository.js';
import { OutboxRepository } from './repositories/outbox.repository.js';
import { RedirectRepository } from './repositories/redirect.repository.js';
import { RelationRepository } from './repositories/relation.repository.js';
import { ScrollRepository } from './repositories/scroll.repository.js';
import { SegmentRepository } from './repositories/segment.repository.js';
import { SessionRepository } from './repositories/session.repository.js';
import { SubscriptionTypeRepository } from './repositories/subscription-type.repository.js';
import { TagRepository } from './repositories/tag.repository.js';
import { TimelineRepository } from './repositories/timeline.repository.js';
import { UserRepository } from './repositories/user.repository.js';
import { WorkspaceRepository } from './repositories/workspace.repository.js';
import { WorkspaceSettingsRepository } from './repositories/workspace-settings.repository.js';
import { WriteKeyRepository } from './repositories/write-key.repository.js';

const repositories = [
  AdminRepository,
  AttributeHistoryRepository,
  AuditRepository,
  BackfillRepository,
  CompanyActivityRepository,
  CompanyTagRepository,
  CompanyLinkRepository,
  CompanyListRepository,
  CompanyRepository,
  CompanySearchRepository,
  ContactRepository,
  ContactSubscriptionRepository,
  ContactTagRepository,
  DataAttributeRepository,
  DataExportRepository,
  ContactSearchRepository,
  ContactTotalRepository,
  DeliveryLogRepository,
  DeliveryRepository,
  EndpointRepository,
  EventLogRepository,
  EventNameRepository,
  ErasureRepository,
  EventRepository,
  ExportWorkRepository,
  IdentityRepository,
  IdentitySecretRepository,
  InboxRepository,
  MembershipRepository,
  NoteRepository,
  MergeRepository,
  NotificationRepository,
  OutboxRepository,
  RedirectRepository,
  RelationRepository,
  ScrollRepository,
  SegmentRepository,
  SessionRepository,
  SubscriptionTypeRepository,
  TagRepository,
  TimelineRepository,
  UserRepository,
  WorkspaceRepository,
  WorkspaceSettingsRepository,
  WriteKeyRepository,
];

const database = {
  provide: Database,
  inject: [CONFIG],
  useFactory: async (config: Config) =>
    new Database(
      await dataSource({ url: config.DATABASE_URL }).initialize(),
      config.MUSTER_SEARCH_TIMEOUT * 1000,
    ),
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

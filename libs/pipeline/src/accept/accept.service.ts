import { Injectable } from '@nestjs/common';
import { type ContactReference, DomainError, type EventHistory, type Platform } from '#domain';
import { Clock } from '#platform';
import { ContactResolver } from './contact-resolver.js';
import { type AcceptedEvent, EventRows } from './event-rows.js';
import { InboxService } from './inbox.service.js';

/** A sign of life as a client sends it. `createdAt` in unix seconds, now by default. */
export interface AcceptedActivity {
  readonly reference: ContactReference;
  readonly createdAt?: number | undefined;
  readonly platform: Platform;
}

/**
 * Takes updates in. Each call resolves when its updates are committed to the inbox; it throws a {@link DomainError},
 * and accepts nothing, when the contact is unknown (`not_found`) or not the only one of that name (`conflict`), and for an
 * event of a new name when the workspace has as many as it may (`parameter_invalid`).
 */
@Injectable()
export class AcceptService {
  constructor(
    private readonly resolver: ContactResolver,
    private readonly inbox: InboxService,
    private readonly rows: EventRows,
    private readonly clock: Clock,
  ) {}

  async event(workspaceId: number, event: AcceptedEvent): Promise<void> {
    const contactId = await this.resolver.resolve(workspaceId, event.reference);
    await this.inbox.append([await this.rows.ofOne(workspaceId, contactId, event)]);
  }

  /** Accepts what can be accepted, and answers for each event with null or with what is wrong with it. */
  async events(workspaceId: number, events: readonly AcceptedEvent[]): Promise<(DomainError | null)[]> {
    const references = events.map((event) => event.reference);
    const found = await this.resolver.resolveAll(workspaceId, references);
    const addressed = found.flatMap((contact, i) => (events[i] ? [{ contact, event: events[i] }] : []));
    const rows = await this.rows.ofMany(workspaceId, addressed);
    await this.inbox.append(rows.flatMap((row) => (row instanceof DomainError ? [] : [row])));
    return rows.map((row) => (row instanceof DomainError ? row : null));
  }

  /** Takes in history of a contact: how often it had done what before. */
  async history(
    workspaceId: number,
    reference: ContactReference,
    histories: readonly EventHistory[],
  ): Promise<void> {
    const contactId = await this.resolver.resolve(workspaceId, reference);
    await this.inbox.append(await this.rows.ofHistory({ workspaceId, contactId, reference }, histories));
  }

  async activity(workspaceId: number, activity: AcceptedActivity): Promise<void> {
    const { reference, platform, createdAt = this.clock.now() } = activity;
    const contactId = await this.resolver.resolve(workspaceId, reference);
    const update = { kind: 'activity', createdAt, platform } as const;
    await this.inbox.append([{ workspaceId, contactId, reference, update }]);
  }
}

import { Injectable } from '@nestjs/common';
import type { NewInboxRow } from '#database';
import {
  type AttributesUpdate,
  type ContactReference,
  DomainError,
  normalizeEventName,
  type Platform,
  type Update,
} from '#domain';
import { Clock, Ids } from '#platform';
import { ContactResolver } from './contact-resolver.js';
import { InboxService } from './inbox.service.js';

/** An event as a client sends it. `createdAt` in unix seconds; without a key, one of its name a second counts. */
export interface AcceptedEvent {
  readonly reference: ContactReference;
  readonly name: string;
  readonly createdAt: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly dedupeKey?: string | undefined;
}

/** A sign of life as a client sends it. `createdAt` in unix seconds, now by default. */
export interface AcceptedActivity {
  readonly reference: ContactReference;
  readonly createdAt?: number | undefined;
  readonly platform: Platform;
}

/** Attributes as they were at a time (unix seconds). */
export type AcceptedAttributes = Omit<AttributesUpdate, 'kind'> & { readonly reference: ContactReference };

/** What a contact is found by is written by calls that can refuse it, one at a time. */
const NAMES = ['external_id', 'email', 'role'];

/**
 * Takes updates in. Each call resolves when its updates are committed to the inbox; it throws a {@link DomainError},
 * and accepts nothing, when the contact is unknown (`not_found`) or not the only one of that name (`conflict`).
 */
@Injectable()
export class AcceptService {
  constructor(
    private readonly resolver: ContactResolver,
    private readonly inbox: InboxService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async event(workspaceId: number, event: AcceptedEvent): Promise<void> {
    await this.inbox.append([await this.eventRow(workspaceId, event)]);
  }

  /** Accepts what can be accepted, and answers for each event with null or with what is wrong with it. */
  async events(workspaceId: number, events: readonly AcceptedEvent[]): Promise<(DomainError | null)[]> {
    const rows = await Promise.all(events.map((event) => this.eventRow(workspaceId, event).catch(refusal)));
    await this.inbox.append(rows.filter((row): row is NewInboxRow => !(row instanceof DomainError)));
    return rows.map((row) => (row instanceof DomainError ? row : null));
  }

  async activity(workspaceId: number, activity: AcceptedActivity): Promise<void> {
    const { reference, platform, createdAt = this.clock.now() } = activity;
    await this.inbox.append([
      await this.row(workspaceId, reference, { kind: 'activity', createdAt, platform }),
    ]);
  }

  /** Names of the contact are not among the attributes: `parameter_invalid`. */
  async attributes(workspaceId: number, written: AcceptedAttributes): Promise<void> {
    const { reference, ...update } = written;
    const name = NAMES.find((name) => name in update.attributes);
    if (name) throw new DomainError('parameter_invalid', `${name} cannot be written as of a time`, name);
    await this.inbox.append([await this.row(workspaceId, reference, { kind: 'attributes', ...update })]);
  }

  private eventRow(workspaceId: number, event: AcceptedEvent): Promise<NewInboxRow> {
    return this.row(workspaceId, event.reference, {
      kind: 'event',
      id: this.ids.next(),
      name: normalizeEventName(event.name),
      createdAt: event.createdAt,
      dedupeKey: event.dedupeKey ?? '',
      metadata: event.metadata,
    });
  }

  private async row(workspaceId: number, reference: ContactReference, update: Update): Promise<NewInboxRow> {
    return { workspaceId, reference, update, contactId: await this.resolver.resolve(workspaceId, reference) };
  }
}

/** What is wrong with one item is answered for that item; anything else is wrong with all. */
function refusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

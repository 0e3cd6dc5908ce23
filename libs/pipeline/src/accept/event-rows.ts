import { Injectable } from '@nestjs/common';
import type { NewInboxRow } from '#database';
import { type ContactReference, DomainError, type EventHistory, type Id, normalizeEventName } from '#domain';
import { Ids } from '#platform';
import { EventNames } from './event-names.js';

/**
 * An event as a client sends it. `createdAt` in unix seconds; without a key, one of its name a second counts, with one
 * as many as there are keys.
 */
export interface AcceptedEvent {
  readonly reference: ContactReference;
  readonly name: string;
  readonly createdAt: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly dedupeKey?: string | undefined;
}

/** An event and its contact, or why that was not found. */
export interface AddressedEvent {
  readonly contact: Id | DomainError;
  readonly event: TakenEvent;
}

/** What is recorded of an event; how the contact was named only where that is not its id. */
type TakenEvent = Omit<AcceptedEvent, 'reference'> & Partial<Pick<AcceptedEvent, 'reference'>>;

/** Makes the inbox rows of events, and declares their names: what there is no room for is `parameter_invalid`. */
@Injectable()
export class EventRows {
  constructor(
    private readonly names: EventNames,
    private readonly ids: Ids,
  ) {}

  async ofOne(workspaceId: number, contactId: Id, event: AcceptedEvent): Promise<NewInboxRow> {
    await this.names.declare(workspaceId, [normalizeEventName(event.name)]);
    return this.row(workspaceId, contactId, event);
  }

  /** What is wrong with each of the names that there is no room for; the others are declared. */
  async admit(workspaceId: number, names: readonly string[]): Promise<(DomainError | null)[]> {
    const kept = names.map(normalizeEventName);
    const beyond = await this.names.declareSome(workspaceId, kept);
    return kept.map((name) => beyond.get(name) ?? null);
  }

  /** For each event its row, or what is wrong with it. */
  async ofMany(
    workspaceId: number,
    events: readonly AddressedEvent[],
  ): Promise<(NewInboxRow | DomainError)[]> {
    const found = events.filter(({ contact }) => !(contact instanceof DomainError));
    const names = found.map(({ event }) => normalizeEventName(event.name));
    const beyond = await this.names.declareSome(workspaceId, names);
    return events.map(({ contact, event }) => {
      if (contact instanceof DomainError) return contact;
      return beyond.get(normalizeEventName(event.name)) ?? this.row(workspaceId, contact, event);
    });
  }

  /** All or none. */
  async ofHistory(
    owner: Omit<NewInboxRow, 'update'>,
    histories: readonly EventHistory[],
  ): Promise<NewInboxRow[]> {
    const kept = histories.map((history) => ({ ...history, name: normalizeEventName(history.name) }));
    await this.names.declare(
      owner.workspaceId,
      kept.map(({ name }) => name),
    );
    return kept.map((history) => ({ ...owner, update: { kind: 'summary', ...history } }));
  }

  private row(workspaceId: number, contactId: Id, event: TakenEvent): NewInboxRow {
    const { reference, name, createdAt, metadata, dedupeKey = '' } = event;
    const id = this.ids.next();
    const update = {
      kind: 'event',
      id,
      name: normalizeEventName(name),
      createdAt,
      dedupeKey,
      metadata,
    } as const;
    return { workspaceId, contactId, reference, update };
  }
}

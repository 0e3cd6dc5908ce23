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
    const name = normalizeEventName(event.name);
    await this.names.declare(workspaceId, [name]);
    return this.row(workspaceId, contactId, { ...event, name });
  }

  /** Declares what there is room for, and answers with what is wrong with each of the other names. */
  async admit(workspaceId: number, names: readonly string[]): Promise<ReadonlyMap<string, DomainError>> {
    const beyond = await this.names.declareSome(workspaceId, names.map(normalizeEventName));
    return new Map(
      names.flatMap((name) => {
        const refusal = beyond.get(normalizeEventName(name));
        return refusal ? [[name, refusal] as const] : [];
      }),
    );
  }

  /** For each event its row, or what is wrong with it. */
  async ofMany(
    workspaceId: number,
    events: readonly AddressedEvent[],
  ): Promise<(NewInboxRow | DomainError)[]> {
    const kept = events.map(({ event }) => normalizeEventName(event.name));
    const wanted = kept.filter((_, i) => !(events[i]?.contact instanceof DomainError));
    const beyond = await this.names.declareSome(workspaceId, [...new Set(wanted)]);
    return events.map(({ contact, event }, i) => {
      if (contact instanceof DomainError) return contact;
      const name = kept[i] ?? '';
      return beyond.get(name) ?? this.row(workspaceId, contact, { ...event, name });
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

  /** @param event by its name as it is kept */
  private row(workspaceId: number, contactId: Id, event: TakenEvent): NewInboxRow {
    const { reference, name, createdAt, metadata, dedupeKey = '' } = event;
    const id = this.ids.next();
    const update = {
      kind: 'event',
      id,
      name,
      createdAt,
      dedupeKey,
      metadata,
    } as const;
    return { workspaceId, contactId, reference, update };
  }
}

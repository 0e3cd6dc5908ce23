import { Injectable } from '@nestjs/common';
import { EventRepository, type Transaction } from '#database';
import type { TouchedContact } from './batch.js';

/** An event name of a contact. */
export interface Wanted {
  readonly contact: TouchedContact;
  readonly name: string;
}

/** Loads the event summaries that a step needs, those only that the batch does not have yet. */
@Injectable()
export class EventSummaries {
  constructor(private readonly events: EventRepository) {}

  async load(wanted: readonly Wanted[], tx: Transaction): Promise<void> {
    const missing = wanted.filter(({ contact, name }) => {
      if (contact.knownEvents.has(name)) return false;
      contact.knownEvents.add(name);
      return true;
    });
    const contacts = new Map(missing.map(({ contact }) => [contact.contact.id, contact]));
    const pairs = missing.map(({ contact, name }) => ({ contactId: contact.contact.id, name }));
    for (const { contactId, name, ...summary } of await this.events.summaries(pairs, tx)) {
      const touched = contacts.get(contactId);
      if (touched) touched.events[name] = summary;
    }
  }
}

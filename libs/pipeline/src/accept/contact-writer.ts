import { Injectable } from '@nestjs/common';
import type { Transaction } from '#database';
import {
  type ActivityUpdate,
  type AttributesUpdate,
  type Author,
  type Change,
  type Contact,
  type Id,
  newContact,
  type Update,
  type WrittenUpdate,
  writesOf,
} from '#domain';
import { Clock, Ids } from '#platform';
import { ContactChecks } from './contact-checks.js';
import type { Claim } from './contact-names.js';
import { InboxService } from './inbox.service.js';
import { writeContact } from './write-contact.js';

/** Attributes to write, by API name; null clears. `role`, `external_id` and `email` are among the standard ones. */
export type WrittenAttributes = Pick<AttributesUpdate, 'attributes' | 'customAttributes'>;

/** Attributes to write: none. */
export const NOTHING: WrittenAttributes = { attributes: {}, customAttributes: {} };

/** How a contact is written. */
export interface Write extends Claim {
  /** Every rule is asked again, whatever changes: the contact came or went as a whole, or took in another. */
  readonly anew?: boolean | undefined;
  readonly by?: Author | undefined;
  /** As of when, in unix seconds; now by default. What was written later stays. */
  readonly at?: number | undefined;
}

/** When a contact was last seen, in unix seconds; as an activity it counts for sessions too. */
export interface Sight {
  readonly at: number;
  readonly activity?: Pick<ActivityUpdate, 'startsSession'> | undefined;
  /** The companies that the activity is for. */
  readonly companyIds?: readonly Id[];
}

/** Writes attributes into a contact that the caller's transaction holds, and tells apply what changed. */
@Injectable()
export class ContactWriter {
  constructor(
    private readonly checks: ContactChecks,
    private readonly inbox: InboxService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async create(workspaceId: number, written: WrittenAttributes, how: Write): Promise<Contact> {
    const contact = newContact(workspaceId, this.ids.next(), this.clock.now());
    const attributes = { ...written.attributes, role: written.attributes['role'] ?? 'user' };
    const changes = await this.write(contact, { ...written, attributes }, how);
    await this.tell(contact, { kind: 'written', created: true, changed: changedOf(changes) }, how);
    return contact;
  }

  async update(contact: Contact, written: WrittenAttributes, how: Write): Promise<void> {
    const { anew = false, by } = how;
    const changes = await this.write(contact, written, how);
    if (changes.length === 0 && !anew) return;
    contact.attributes['updated_at'] = this.clock.now();
    await this.tell(contact, { kind: 'written', created: false, anew, by, changed: changedOf(changes) }, how);
  }

  /** What hangs on the contact has changed: moves `updated_at`, and tells apply. */
  async touch(contact: Contact, tx: Transaction): Promise<void> {
    const before = contact.attributes['updated_at'] ?? null;
    const after = this.clock.now();
    contact.attributes['updated_at'] = after;
    const changed = { updated_at: [before, after] } as const;
    await this.tell(contact, { kind: 'written', created: false, changed }, { tx });
  }

  /** The contact was seen: `last_seen_at` moves forwards only. */
  async see(contact: Contact, { at, activity, ...sight }: Sight, tx: Transaction): Promise<void> {
    const before = contact.attributes['last_seen_at'] ?? null;
    if (at > Number(before ?? -Infinity))
      await this.update(contact, { attributes: { last_seen_at: at }, customAttributes: {} }, { tx });
    if (!activity) return;
    const seenBefore = typeof before === 'number' ? before : null;
    const told = { platform: 'web', seenBefore, ...sight, ...activity } as const;
    await this.tell(contact, { kind: 'activity', createdAt: at, ...told }, { tx });
  }

  /** To be called when the transaction has committed. */
  hint(contact: Contact): void {
    this.inbox.hint([{ contactId: contact.id }]);
  }

  private async write(contact: Contact, written: WrittenAttributes, how: Write): Promise<Change[]> {
    const changes = writeContact(contact, writesOf(written), how.at ?? this.clock.now());
    await this.checks.pass(contact, changes, how);
    return changes;
  }

  private tell({ workspaceId, id }: Contact, update: Update, { tx }: Claim): Promise<void> {
    return this.inbox.appendWithin(tx, [{ workspaceId, contactId: id, update }]);
  }
}

const changedOf = (changes: readonly Change[]): WrittenUpdate['changed'] =>
  Object.fromEntries(changes.map(({ key, before, after }) => [key, [before ?? null, after ?? null]]));

import { Injectable } from '@nestjs/common';
import { ContactRepository, Database, IdentityRepository } from '#database';
import { type Contact, DomainError, type Id, isVisitor } from '#domain';
import { contactNotFound, nameTaken } from '../accept/refusals.js';
import { retried } from '../contacts/lost-race.js';
import { type Names, nameAttributes } from '../contacts/upsert.service.js';
import { Introductions } from './introductions.js';
import type { SignalNames } from './signal.js';

/**
 * Settles who somebody is whose names do not all lead to one contact yet: a named person is a user, a nameless one a
 * visitor. Where the visitor or lead of a device turns out to be a user, it becomes that user, or is merged into it.
 */
@Injectable()
export class Newcomers {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactRepository,
    private readonly identities: IdentityRepository,
    private readonly ways: Introductions,
  ) {}

  /**
   * Safe beside other calls of the same names. Throws `invalid_merge` when the former name is another user's, and
   * `conflict` and `not_restorable` as an upsert does. @param at as of when, in unix seconds
   */
  settle(workspaceId: number, who: SignalNames, at: number): Promise<Id> {
    const { externalId, email, formerId, anonymousId = formerId } = who;
    return retried(async () => {
      const device = await this.deviceOf(workspaceId, anonymousId);
      if (externalId === undefined && email === undefined)
        return (device ?? (await this.ways.visitors.ensure(workspaceId, anonymousId ?? ''))).id;
      const names = { externalId, email };
      const known = await this.ways.upserts.find(workspaceId, names);
      if (formerId !== undefined)
        await this.checkFormer(workspaceId, { formerId, device, known, externalId });
      if (!known && device && isVisitor(device))
        return (await this.ways.visitors.become(workspaceId, device.id, { role: 'user', names, at })).id;
      const user = isNamed(known, names) ? known : await this.introduce(workspaceId, names, at);
      if (anonymousId !== undefined) await this.tie(user, device, anonymousId);
      return user.id;
    });
  }

  private async deviceOf(workspaceId: number, anonymousId: string | undefined): Promise<Contact | undefined> {
    if (anonymousId === undefined) return undefined;
    return this.contacts.findByIdentity({ workspaceId, kind: 'anonymous_id', value: anonymousId });
  }

  /** Two users are two people: neither Segment nor Intercom merges them. */
  private async checkFormer(
    workspaceId: number,
    { formerId, device, known, externalId }: Former,
  ): Promise<void> {
    const former =
      formerId === externalId ? known : await this.contacts.findByExternalId(workspaceId, formerId);
    const others = [former, device].filter(
      (one) => one?.attributes['role'] === 'user' && one.id !== known?.id,
    );
    if (others.length === 0) return;
    const message = `previousId: "${formerId}" is another user, and two users are not merged: only a visitor or a lead is`;
    throw new DomainError('invalid_merge', message, 'previousId', { contact_id: others[0]?.id });
  }

  private introduce(workspaceId: number, names: Names, at: number): Promise<Contact> {
    const asked = { attributes: { ...nameAttributes(names), role: 'user' }, customAttributes: {} };
    return this.ways.upserts.upsert(workspaceId, asked, { unarchive: true, at });
  }

  /** The device is the user's from now on; one that another user has stays with that one. */
  private async tie(user: Contact, device: Contact | undefined, anonymousId: string): Promise<void> {
    const { workspaceId, id } = user;
    if (!device) return this.recognize(user, anonymousId);
    if (device.id === id || device.attributes['role'] === 'user' || isGone(user) || isGone(device)) return;
    await this.ways.merges.merge(workspaceId, { from: device.id, into: id });
  }

  private async recognize({ workspaceId, id }: Contact, value: string): Promise<void> {
    const owner = await this.database.transaction(async (tx) => {
      if (!(await this.contacts.lockOne(workspaceId, id, tx))) throw contactNotFound();
      return this.identities.claim({ workspaceId, kind: 'anonymous_id', value }, id, tx);
    });
    if (owner !== id) throw nameTaken('anonymousId', owner, undefined);
  }
}

interface Former extends Pick<SignalNames, 'externalId'> {
  readonly formerId: string;
  readonly device: Contact | undefined;
  readonly known: Contact | undefined;
}

/** Whether a user has the strongest of the names; one that was found by its address alone may still get an external id. */
function isNamed(user: Contact | undefined, { externalId }: Names): user is Contact {
  return user !== undefined && (externalId === undefined || user.attributes['external_id'] === externalId);
}

/** An archived contact is neither merged nor merged into. */
const isGone = ({ archivedAt }: Contact): boolean => archivedAt !== null;

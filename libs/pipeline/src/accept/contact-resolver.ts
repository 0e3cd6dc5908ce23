import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { IdentityRepository, type Name, type NamedContact } from '#database';
import { type ContactReference, DomainError, type Id, isId, type Role } from '#domain';
import { MicroBatch } from '../micro-batch.js';

/** How long another process may go on using a name that was given away, in milliseconds. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_NAMES = 100_000;

/** Finds the contact that a client means. Look-ups that come together are one statement; answers are kept shortly. */
@Injectable()
export class ContactResolver {
  private readonly known = new LRUCache<string, Id>({ max: REMEMBERED_NAMES, ttl: REMEMBERED_MS });
  private readonly lookUps: MicroBatch<Name, NamedContact[]>;

  constructor(identities: IdentityRepository) {
    this.lookUps = new MicroBatch(async (names) => {
      const found = await identities.resolve(names);
      const byName: NamedContact[][] = names.map(() => []);
      for (const contact of found) byName[contact.index]?.push(contact);
      return byName;
    });
  }

  /** Throws `not_found` when no contact bears the name, `conflict` when several share the address. */
  async resolve(workspaceId: number, reference: ContactReference): Promise<Id> {
    const name = nameOf(workspaceId, reference);
    return this.known.get(keyOf(name)) ?? this.lookUp(name);
  }

  /** The same for many: each is answered with its contact, or with what {@link resolve} would throw. */
  resolveAll(workspaceId: number, references: readonly ContactReference[]): Promise<(Id | DomainError)[]> {
    const names = references.map((reference) => nameOf(workspaceId, reference));
    return Promise.all(names.map((name) => this.known.get(keyOf(name)) ?? this.lookUp(name).catch(refusal)));
  }

  /** Forgets a name that was given away. */
  forget(workspaceId: number, kind: Name['kind'], value: string): void {
    this.known.delete(keyOf({ workspaceId, kind, value }));
  }

  /** Forgets all names of contacts that are gone. */
  forgetContacts(ids: readonly Id[]): void {
    for (const [name, id] of this.known.entries()) if (ids.includes(id)) this.known.delete(name);
  }

  private async lookUp(name: Name): Promise<Id> {
    const id = theOne(name, await this.candidates(name));
    this.known.set(keyOf(name), id);
    return id;
  }

  private async candidates(name: Name): Promise<NamedContact[]> {
    return name.kind === 'id' && !isId(name.value) ? [] : this.lookUps.add(name);
  }
}

const keyOf = ({ workspaceId, kind, value }: Name): string => `${workspaceId} ${kind} ${value}`;

/** What is wrong with one item is answered for that item; anything else is wrong with all. */
function refusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

function nameOf(workspaceId: number, reference: ContactReference): Name {
  if ('id' in reference) return { workspaceId, kind: 'id', value: reference.id };
  if ('user_id' in reference) return { workspaceId, kind: 'external_id', value: reference.user_id };
  return { workspaceId, kind: 'email', value: reference.email };
}

const ROLES: readonly Role[] = ['user', 'lead', 'visitor'];

/** Of those who share an address a user goes before leads, and these before visitors; last come the archived ones. */
const rankOf = ({ role, archived }: NamedContact): number =>
  ROLES.indexOf(role) + (archived ? ROLES.length : 0);

function theOne(name: Name, candidates: readonly NamedContact[]): Id {
  const first = Math.min(...candidates.map(rankOf));
  const [one, ...others] = candidates.filter((candidate) => rankOf(candidate) === first);
  const field = name.kind === 'external_id' ? 'user_id' : name.kind;
  if (!one) throw new DomainError('not_found', `No contact has this ${field}`, field);
  if (others.length > 0)
    throw new DomainError('conflict', `Several contacts have this ${field}: use the id`, field);
  return one.contact_id;
}

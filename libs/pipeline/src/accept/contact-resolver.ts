import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { IdentityRepository, type Name, type NamedContact } from '#database';
import { type ContactReference, DomainError, type Id, isId, type Role } from '#domain';
import { MicroBatch } from '../micro-batch.js';

/** How long another process may go on using a name that was given away, in milliseconds. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_NAMES = 100_000;

/** The ways to name a person: a device's visitor has an anonymous id only. */
export type PersonReference = ContactReference | { readonly anonymous_id: string };
/** The contact of a name. A user stays one; whoever had another role may be a user by now. */
export interface FoundContact {
  readonly id: Id;
  readonly role: Role;
}

/** Finds the contact that a client means. Look-ups that come together are one statement; answers are kept shortly. */
@Injectable()
export class ContactResolver {
  private readonly known = new LRUCache<string, FoundContact>({ max: REMEMBERED_NAMES, ttl: REMEMBERED_MS });
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
  async resolve(workspaceId: number, reference: PersonReference): Promise<Id> {
    const name = nameOf(workspaceId, reference);
    return (this.known.get(keyOf(name)) ?? (await this.lookUp(name))).id;
  }

  /** The same for many: each is answered with its contact, or with what {@link resolve} would throw. */
  async resolveAll(
    workspaceId: number,
    references: readonly PersonReference[],
  ): Promise<(Id | DomainError)[]> {
    const found = await this.seekAll(references.map((reference) => nameOf(workspaceId, reference)));
    return found.map((one) => (one instanceof DomainError ? one : one.id));
  }

  /** The same by names of every kind. */
  async seekAll(names: readonly Name[]): Promise<(FoundContact | DomainError)[]> {
    const known = names.map((name) => this.known.get(keyOf(name)));
    return known.includes(undefined)
      ? Promise.all(names.map((name, i) => known[i] ?? this.lookUp(name).catch(refusal)))
      : (known as FoundContact[]);
  }

  /** Forgets a name that was given away. */
  forget(workspaceId: number, kind: Name['kind'], value: string): void {
    this.known.delete(keyOf({ workspaceId, kind, value }));
  }

  /** Forgets all names of contacts that are gone. */
  forgetContacts(ids: readonly Id[]): void {
    for (const [name, { id }] of this.known.entries()) if (ids.includes(id)) this.known.delete(name);
  }

  private async lookUp(name: Name): Promise<FoundContact> {
    const { contact_id: id, role } = theOne(name, await this.candidates(name));
    const found = { id, role };
    this.known.set(keyOf(name), found);
    return found;
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

function nameOf(workspaceId: number, reference: PersonReference): Name {
  if ('id' in reference) return { workspaceId, kind: 'id', value: reference.id };
  if ('user_id' in reference) return { workspaceId, kind: 'external_id', value: reference.user_id };
  if ('anonymous_id' in reference)
    return { workspaceId, kind: 'anonymous_id', value: reference.anonymous_id };
  return { workspaceId, kind: 'email', value: reference.email };
}

const ROLES: readonly Role[] = ['user', 'lead', 'visitor'];

/** Of those who share an address a user goes before leads, and these before visitors; last come the archived ones. */
const rankOf = ({ role, archived }: NamedContact): number =>
  ROLES.indexOf(role) + (archived ? ROLES.length : 0);

function theOne(name: Name, candidates: readonly NamedContact[]): NamedContact {
  const first = Math.min(...candidates.map(rankOf));
  const [one, ...others] = candidates.filter((candidate) => rankOf(candidate) === first);
  const field = name.kind === 'external_id' ? 'user_id' : name.kind;
  if (!one) throw new DomainError('not_found', `No contact has this ${field}`, field);
  if (others.length > 0)
    throw new DomainError('conflict', `Several contacts have this ${field}: use the id`, field);
  return one;
}

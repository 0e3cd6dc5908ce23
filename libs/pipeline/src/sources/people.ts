import { Injectable } from '@nestjs/common';
import { DomainError, groupBy, type Id, type Some } from '#domain';
import { ContactResolver, type FoundContact } from '../accept/contact-resolver.js';
import type { Draft } from './draft.js';
import { inChains } from './in-chains.js';
import { Newcomers } from './newcomers.js';
import type { SignalNames } from './signal.js';

const KINDS = { id: 'id', externalId: 'external_id', anonymousId: 'anonymous_id', email: 'email' } as const;
type Kind = keyof typeof KINDS;

/** What look-ups of names have found. */
type Found = Partial<Record<Kind, FoundContact | DomainError | undefined>>;

/** Finds the people that signals are about, those who are known by one look-up, and makes whoever is new. */
@Injectable()
export class People {
  constructor(
    private readonly resolver: ContactResolver,
    private readonly newcomers: Newcomers,
  ) {}

  /**
   * Whose each signal is. It is refused with `not_found` for an id that nobody has, with `parameter_missing` when it has
   * no name at all, and as {@link Newcomers} refuses it.
   */
  async find(workspaceId: number, drafts: readonly Draft[]): Promise<void> {
    const found = await this.seek(
      workspaceId,
      drafts.map(({ signal }) => signal.who),
    );
    const strangers: Draft[] = [];
    drafts.forEach((draft, i) => {
      const person = personOf(draft.signal.who, found[i] ?? {});
      if (person instanceof DomainError) draft.refusal = person;
      else if (person === undefined) strangers.push(draft);
      else draft.contactId = person;
    });
    await this.introduce(strangers);
  }

  private async seek(workspaceId: number, whos: readonly SignalNames[]): Promise<Found[]> {
    const kinds = whos.map(soughtOf);
    const names = whos.flatMap((who, i) =>
      (kinds[i] ?? []).map((kind) => ({ workspaceId, kind: KINDS[kind], value: who[kind] ?? '' })),
    );
    const found = (await this.resolver.seekAll(names)).values();
    return kinds.map((sought) => {
      const person: Found = {};
      for (const kind of sought) person[kind] = found.next().value;
      return person;
    });
  }

  /** Signals of the same names are settled once, and those that share a name one after another. */
  private async introduce(drafts: readonly Draft[]): Promise<void> {
    const groups = groupBy(drafts, ({ signal }) => JSON.stringify(signal.who));
    await inChains([...groups.values()], namesOf, async ([first, ...others]) => {
      const { workspaceId, signal } = first;
      await first.attempt(async () => {
        first.contactId = await this.newcomers.settle(workspaceId, signal.who, signal.at);
      });
      for (const other of others)
        Object.assign(other, { contactId: first.contactId, refusal: first.refusal });
    });
  }
}

/** An address names somebody only where there is no stronger name. */
function soughtOf(who: SignalNames): Kind[] {
  if (who.id !== undefined) return ['id'];
  const names = (['externalId', 'anonymousId'] as const).filter((kind) => who[kind] !== undefined);
  return who.email !== undefined && who.externalId === undefined ? [...names, 'email'] : names;
}

const namesOf = ([{ signal }]: Some<Draft>): string[] => {
  const { externalId, anonymousId, email, formerId } = signal.who;
  const names = { externalId, anonymousId: anonymousId ?? formerId, email, formerId };
  return Object.entries(names).flatMap(([kind, name]) => (name === undefined ? [] : [`${kind} ${name}`]));
};

/** The person whom all the names lead to, or why there can be none; undefined where somebody has to be made or merged. */
function personOf(
  who: SignalNames,
  { id, externalId, anonymousId, email }: Found,
): Id | DomainError | undefined {
  if (id) return id instanceof DomainError ? id : id.id;
  const named = who.externalId !== undefined || who.email !== undefined;
  if (!named && who.anonymousId === undefined)
    return new DomainError('parameter_missing', 'userId: is missing, and so is anonymousId', 'userId');
  if (who.formerId !== undefined) return undefined;
  const device = anonymousId instanceof DomainError ? undefined : anonymousId;
  if (!named) return device?.id;
  const user = userOf(externalId ?? email);
  const isSettled = who.anonymousId === undefined || device?.id === user?.id || device?.role === 'user';
  return isSettled ? user?.id : undefined;
}

/** A lead who has the address of a user is not the user. */
function userOf(found: FoundContact | DomainError | undefined): FoundContact | undefined {
  return found instanceof DomainError || found?.role !== 'user' ? undefined : found;
}

import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#domain';
import { ContactResolver, type PersonReference } from '../accept/contact-resolver.js';
import { Intake } from './intake.js';
import type { Signal, SignalNames } from './signal.js';

/** A sign of life as a client sends it. Unless it is to `create` whoever is unknown, it is of a contact that is known. */
export interface SentActivity extends Signal {
  readonly create: boolean;
}

/** Takes in signs of life. */
@Injectable()
export class Activities {
  constructor(
    private readonly resolver: ContactResolver,
    private readonly intake: Intake,
  ) {}

  /**
   * Accepts what can be accepted, and answers for each with null or with what is wrong with it: `not_found` for whom
   * nobody knows. What it accepts is committed.
   */
  async take(workspaceId: number, sent: readonly SentActivity[]): Promise<(DomainError | null)[]> {
    const people = await this.people(workspaceId, sent);
    const known = sent.flatMap((signal, i) => {
      const who = people[i];
      return who === undefined || who instanceof DomainError ? [] : [{ ...signal, who }];
    });
    const taken = (await this.intake.take(workspaceId, known)).values();
    return people.map((who) => (who instanceof DomainError ? who : (taken.next().value ?? null)));
  }

  private async people(
    workspaceId: number,
    sent: readonly SentActivity[],
  ): Promise<(SignalNames | DomainError)[]> {
    const known = sent.filter(({ create }) => !create);
    const references = known.map(({ who }) => referenceOf(who));
    const found = (await this.resolver.resolveAll(workspaceId, references)).values();
    return sent.map(({ create, who }) => (create ? who : named(found.next().value)));
  }
}

const named = (found: Id | DomainError | undefined): SignalNames | DomainError =>
  found instanceof DomainError ? found : { id: found };

/** The strongest of the names. */
function referenceOf({ id, externalId, email, anonymousId = '' }: SignalNames): PersonReference {
  if (id !== undefined) return { id };
  if (externalId !== undefined) return { user_id: externalId };
  return email === undefined ? { anonymous_id: anonymousId } : { email };
}

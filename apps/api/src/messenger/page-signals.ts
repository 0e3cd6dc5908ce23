import { Injectable } from '@nestjs/common';
import type { SignalBody } from '#contracts';
import { ContactRepository } from '#database';
import { type DomainError, given, type Surroundings, type Touch, touchOf } from '#domain';
import type { Signal, SignalNames } from '#pipeline';
import type { BrowserWorkspace } from '../identity/browser-workspaces.js';
import { IdentityCheck, type VouchedIdentity } from '../identity/identity-check.js';
import { readIdentity } from './given-identity.js';
import { cleaned, type PageData } from './page-data.js';
import { PageTraitsReader } from './page-traits.js';
import { leftOut } from './read-each.js';
import type { Campaign } from './user-data.js';

/** What an HTTP request tells of where it comes from. */
export type Origin = Pick<Surroundings, 'ip' | 'userAgent' | 'language'>;

/** A signal of a page as sources give it, and what was left out of it. */
export interface PageSignal {
  readonly signal: Signal;
  readonly warnings: readonly DomainError[];
}

/** When it was, in unix seconds by our clock, and where. */
interface Circumstances {
  readonly at: number;
  readonly origin: Origin;
}

/** Makes signals of what pages send: only what a browser may say gets through. */
@Injectable()
export class PageSignals {
  constructor(
    private readonly identities: IdentityCheck,
    private readonly traits: PageTraitsReader,
    private readonly contacts: ContactRepository,
  ) {}

  /** Throws what {@link IdentityCheck} does. */
  async read(workspace: BrowserWorkspace, body: SignalBody, where: Circumstances): Promise<PageSignal> {
    const data = cleaned(body.data);
    const read = readIdentity(data);
    const identity = await this.identities.check(workspace, read.identity);
    const named = await this.nameOf(workspace, identity);
    const who = { anonymousId: body.visitor_id, ...named.names };
    const said = body.event
      ? { signal: eventOf(body), warnings: [] }
      : await this.pingOf(workspace, { body, data, claims: identity.claims, ...named, origin: where.origin });
    return {
      signal: { who, at: where.at, ...said.signal },
      warnings: [read, identity, named, said].flatMap(({ warnings }) => warnings),
    };
  }

  /**
   * An address that nothing vouches for is taken as the user's, as Intercom takes it, but does not say who it is: a user
   * who is known by that address alone stays another one.
   */
  private async nameOf(
    { workspaceId }: BrowserWorkspace,
    { userId: externalId, email, emailNames }: VouchedIdentity,
  ): Promise<Named> {
    if (email === undefined) return { names: { externalId }, warnings: [] };
    if (emailNames) return { names: { externalId, email }, email, warnings: [] };
    const users = await this.contacts.listByEmail(workspaceId, email, 'user');
    return users.some(({ attributes }) => attributes['external_id'] === undefined)
      ? { names: { externalId }, warnings: [leftOut('email', 'a user is known by it, and it is not signed')] }
      : { names: { externalId }, email, warnings: [] };
  }

  private async pingOf(
    { workspaceId }: BrowserWorkspace,
    { body, data, claims, email, origin }: Ping,
  ): Promise<{ signal: Omit<Signal, 'who' | 'at'>; warnings: readonly DomainError[] }> {
    const read = await this.traits.read(workspaceId, data, claims);
    const { language = origin.language, timezone, page } = body;
    const touch = page && { ...touchOf(page.url, page.referrer), ...toldBy(read.campaign) };
    const surroundings = { platform: 'web', ...origin, language, timezone, touch } as const;
    const { companies, warnings } = read;
    const attributes = { ...read.traits.attributes, ...given({ email }) };
    const traits = { ...read.traits, attributes };
    return { signal: { traits, companies, activity: { platform: 'web' }, surroundings }, warnings };
  }
}

/** What the page says itself goes before what its URL has. */
const toldBy = (campaign: Campaign): Touch =>
  given({
    campaign: campaign.utm_campaign ?? undefined,
    source: campaign.utm_source ?? undefined,
    medium: campaign.utm_medium ?? undefined,
    term: campaign.utm_term ?? undefined,
    content: campaign.utm_content ?? undefined,
  });

/** Whom it is about; `email` is to be written. */
interface Named {
  readonly names: SignalNames;
  readonly email?: string;
  readonly warnings: readonly DomainError[];
}

interface Ping extends Pick<Named, 'email'> {
  readonly body: SignalBody;
  readonly data: PageData;
  readonly claims: PageData;
  readonly origin: Origin;
}

/** What was done counts once, however often it is sent. */
const eventOf = ({ id, event }: SignalBody) =>
  event && { event: { name: event.name, metadata: event.metadata ?? {}, key: id } };

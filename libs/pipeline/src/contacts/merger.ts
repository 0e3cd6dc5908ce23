import { Injectable } from '@nestjs/common';
import { MergeRepository, type SessionOf, SessionRepository, type Transaction } from '#database';
import {
  type Author,
  type Contact,
  countSessions,
  gapsOf,
  joinRuns,
  type Platform,
  takeTimes,
  writesOf,
} from '#domain';
import { ContactWriter } from '../accept/contact-writer.js';
import { CompanyAttacher } from '../companies/company-attacher.js';
import { type Names, nameAttributes } from './upsert.service.js';

const PLATFORMS: readonly Platform[] = ['web', 'ios', 'android'];

const MERGE: Author = { source: 'merge' };

/** All of time, in unix seconds, as far as Postgres and Muster both know it. */
const ALWAYS = { from: 0, to: 100_000_000_000 };

/** Takes one contact into another, in the transaction of a caller who holds both and saves the survivor. */
@Injectable()
export class Merger {
  constructor(
    private readonly writer: ContactWriter,
    private readonly merges: MergeRepository,
    private readonly sessions: SessionRepository,
    private readonly companies: CompanyAttacher,
  ) {}

  /**
   * The survivor gets what hangs on the other and what it lacks itself; the other is gone, and its id leads here. Throws
   * `contact_company_limit_exceeded` when it would come to too many companies.
   */
  async absorb(
    into: Contact,
    from: Contact,
    { tx, names = {} }: { readonly tx: Transaction; readonly names?: Names | undefined },
  ): Promise<void> {
    await this.companies.checkLimit([into, from], tx);
    const gaps = gapsOf(into, from);
    const named = Object.entries(nameAttributes(names)).filter(
      ([name]) => into.attributes[name] === undefined,
    );
    const written = { ...gaps, attributes: { ...gaps.attributes, ...Object.fromEntries(named) } };
    await this.joinSessions(into, from, tx);
    await this.merges.moveAll(from.id, into.id, tx);
    await this.merges.redirect(from.id, into.id, tx);
    await this.writer.update(into, written, { tx, anew: true, sharesEmail: true, by: MERGE });
    takeTimes(into, from, Object.keys(writesOf(gaps)));
  }

  /** To be called when the transaction has committed. */
  hint(into: Contact): void {
    this.writer.hint(into);
  }

  /** Both may have been there in the same half hour: then that is one session. */
  private async joinSessions(into: Contact, from: Contact, tx: Transaction): Promise<void> {
    const spans = [into.id, from.id].flatMap((contactId) =>
      PLATFORMS.map((platform) => ({ contactId, platform, ...ALWAYS })),
    );
    const before = await this.sessions.near(spans, tx);
    const after = PLATFORMS.flatMap((platform) =>
      joinRuns(before.filter((run) => run.platform === platform)).map((run) => ({
        ...run,
        platform,
        contactId: into.id,
        workspaceId: into.workspaceId,
      })),
    );
    await this.sessions.delete(before, tx);
    await this.sessions.insert(after, tx);
    const counted =
      Number(into.attributes['web_sessions'] ?? 0) + Number(from.attributes['web_sessions'] ?? 0);
    into.attributes['web_sessions'] = counted + countWeb(after) - countWeb(before);
  }
}

const countWeb = (runs: readonly SessionOf[]): number =>
  countSessions(runs.filter(({ platform }) => platform === 'web'));

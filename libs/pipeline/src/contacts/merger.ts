import { Injectable } from '@nestjs/common';
import { CompanyVisitRepository, MergeRepository, SessionRepository, type Transaction } from '#database';
import {
  type Author,
  type Contact,
  countSessions,
  gapsOf,
  joinRuns,
  PLATFORMS,
  takeTimes,
  writesOf,
} from '#domain';
import { ContactWriter } from '../accept/contact-writer.js';
import { CompanyVisits } from '../apply/company-visits.js';
import { CompanyAttacher } from '../companies/company-attacher.js';
import { type Names, nameAttributes } from './upsert.service.js';

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
    private readonly visits: CompanyVisitRepository,
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
    const all = await this.sessions.near(spans, tx);
    const visits = new CompanyVisits();
    const { id: contactId, workspaceId } = into;
    const joined = PLATFORMS.flatMap((platform) => {
      const before = all.filter((run) => run.platform === platform);
      const after = joinRuns(before, platform);
      const name = `${platform}_sessions`;
      const counted = Number(into.attributes[name] ?? 0) + Number(from.attributes[name] ?? 0);
      const sessions = counted + countSessions(after, platform) - countSessions(before, platform);
      if (sessions > 0 || platform === 'web') into.attributes[name] = sessions;
      visits.count(workspaceId, { platform, before, after });
      return after.map((run) => ({ ...run, platform, contactId, workspaceId }));
    });
    await this.sessions.delete(all, tx);
    await this.sessions.insert(joined, tx);
    await this.visits.add(visits.all, tx);
  }
}

import { Injectable } from '@nestjs/common';
import { CompanyVisitRepository, SessionRepository, type Transaction } from '#database';
import { type Contact, countSessions, joinRuns, PLATFORMS } from '#domain';
import { CompanyVisits } from '../apply/company-visits.js';

/** All of time, in unix seconds, as far as Postgres and Muster both know it. */
const ALWAYS = { from: 0, to: 100_000_000_000 };

/** Makes the sessions of two contacts those of one. */
@Injectable()
export class SessionMerger {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly companies: CompanyVisitRepository,
  ) {}

  /** Both may have been there in the same half hour: then that is one session, of theirs and of its companies. */
  async join(into: Contact, from: Contact, tx: Transaction): Promise<void> {
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
    await this.companies.add(visits.all, tx);
  }
}

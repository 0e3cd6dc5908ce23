import { Injectable } from '@nestjs/common';
import { CompanyActivityRepository, type SessionOf, SessionRepository, type Transaction } from '#database';
import {
  companySessions,
  type Contact,
  countSessions,
  groupBy,
  joinRuns,
  PLATFORMS,
  SESSION_COUNT,
} from '#domain';

/** Joins the sessions of contacts that are merged, and with them those of companies. */
@Injectable()
export class SessionMerger {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly companies: CompanyActivityRepository,
  ) {}

  /**
   * Both may have been there in the same half hour: then that is one session. The caller holds the contacts, and saves
   * `into`.
   */
  async join(into: Contact, from: Contact, tx: Transaction): Promise<void> {
    const gone = await this.sessions.all([into.id, from.id], tx);
    const before = groupBy(gone, ({ platform }) => platform);
    const come = PLATFORMS.flatMap((platform) => {
      const runs = before.get(platform) ?? [];
      const joined = joinRuns(runs, platform);
      const key = SESSION_COUNT[platform];
      const counted = Number(into.attributes[key] ?? 0) + Number(from.attributes[key] ?? 0);
      into.attributes[key] = counted + countSessions(joined, platform) - countSessions(runs, platform);
      return joined.map((run) => ({ ...run, platform, contactId: into.id, workspaceId: into.workspaceId }));
    });
    await this.sessions.write({ gone, come, changed: [] }, tx);
    const differences = companySessions(gone.filter(isWeb), come.filter(isWeb));
    const of = { workspaceId: into.workspaceId, seenAt: null };
    await this.companies.move(
      [...differences].map(([id, sessions]) => ({ ...of, id, sessions })),
      tx,
    );
  }
}

const isWeb = ({ platform }: SessionOf): boolean => platform === 'web';

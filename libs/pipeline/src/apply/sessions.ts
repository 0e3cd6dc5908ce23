import { Injectable } from '@nestjs/common';
import { CompanyVisitRepository, type SessionOf, SessionRepository, type Transaction } from '#database';
import { type ActivityUpdate, countSessions, joinRuns, type Platform, type Run } from '#domain';
import type { TouchedContact } from './batch.js';
import { CompanyVisits } from './company-visits.js';

/** The new activity of a contact on one platform. */
interface Burst {
  readonly touched: TouchedContact;
  readonly platform: Platform;
  readonly activities: Run[];
}

/** Folds activity into sessions, and what follows from them: last seen, and the counts of contacts and companies. */
@Injectable()
export class Sessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly companies: CompanyVisitRepository,
  ) {}

  async fold(contacts: readonly TouchedContact[], tx: Transaction): Promise<void> {
    const bursts = contacts.flatMap(burstsOf);
    if (bursts.length === 0) return;
    const near = byOwner(await this.sessions.near(bursts.map(spanOf), tx));
    const visits = new CompanyVisits();
    const gone: SessionOf[] = [];
    const come: (SessionOf & { workspaceId: number })[] = [];
    for (const burst of bursts) {
      const { platform, activities } = burst;
      const { id: contactId, workspaceId } = burst.touched.contact;
      const before = near.get(ownerOf({ contactId, platform })) ?? [];
      const after = joinRuns([...before, ...activities], platform);
      gone.push(...before);
      come.push(...after.map((run) => ({ ...run, contactId, workspaceId, platform })));
      see(burst, countSessions(after, platform) - countSessions(before, platform));
      visits.note(workspaceId, activities);
      visits.count(workspaceId, { platform, before, after });
    }
    await this.sessions.delete(gone, tx);
    await this.sessions.insert(come, tx);
    await this.companies.add(visits.all, tx);
  }
}

const ownerOf = ({ contactId, platform }: Pick<SessionOf, 'contactId' | 'platform'>): string =>
  `${contactId} ${platform}`;

function byOwner(sessions: readonly SessionOf[]): Map<string, SessionOf[]> {
  const owned = new Map<string, SessionOf[]>();
  for (const session of sessions) {
    const mine = owned.get(ownerOf(session));
    if (mine) mine.push(session);
    else owned.set(ownerOf(session), [session]);
  }
  return owned;
}

function burstsOf(touched: TouchedContact): Burst[] {
  const bursts = new Map<Platform, Burst>();
  for (const { update } of touched.rows) {
    if (update.kind !== 'activity') continue;
    const burst = bursts.get(update.platform) ?? { touched, platform: update.platform, activities: [] };
    burst.activities.push(activityOf(update));
    bursts.set(update.platform, burst);
  }
  return [...bursts.values()];
}

const activityOf = ({ createdAt, startsSession = false, companyIds = [] }: ActivityUpdate): Run => ({
  startedAt: createdAt,
  endedAt: createdAt,
  told: startsSession,
  companyIds,
});

const timesOf = ({ activities }: Burst): number[] => activities.map(({ startedAt }) => startedAt);

const spanOf = (burst: Burst) => ({
  contactId: burst.touched.contact.id,
  platform: burst.platform,
  from: Math.min(...timesOf(burst)),
  to: Math.max(...timesOf(burst)),
});

/** Last seen moves forwards only, everywhere and on the platform; sessions are counted by platform (reference 1.4). */
function see(burst: Burst, newSessions: number): void {
  const { touched, platform } = burst;
  const { attributes } = touched.contact;
  const latest = Math.max(...timesOf(burst));
  const forwards = (key: string) => Math.max(latest, Number(attributes[key] ?? -Infinity));
  const counted = `${platform}_sessions`;
  const moved = {
    last_seen_at: forwards('last_seen_at'),
    [counted]: Number(attributes[counted] ?? 0) + newSessions,
    ...(platform === 'web' ? {} : { [`${platform}_last_seen_at`]: forwards(`${platform}_last_seen_at`) }),
  };
  for (const [key, after] of Object.entries(moved)) {
    const before = attributes[key];
    if (before !== after) touched.note([{ key, before, after }]);
    attributes[key] = after;
  }
  touched.profileChanged = true;
}

import { Injectable } from '@nestjs/common';
import { type SessionOf, SessionRepository, type Transaction } from '#database';
import { type ActivityUpdate, countSessions, joinRuns, type Platform, type Run } from '#domain';
import type { TouchedContact } from './batch.js';

/** The new activity of a contact on one platform. Times in unix seconds. */
interface Burst {
  readonly touched: TouchedContact;
  readonly platform: Platform;
  readonly activities: Run[];
}

/** Folds activity into sessions, and what follows from them: last seen and the count of web sessions. */
@Injectable()
export class Sessions {
  constructor(private readonly sessions: SessionRepository) {}

  async fold(contacts: readonly TouchedContact[], tx: Transaction): Promise<void> {
    const bursts = contacts.flatMap(burstsOf);
    if (bursts.length === 0) return;
    const near = await this.sessions.near(bursts.map(spanOf), tx);
    const gone: SessionOf[] = [];
    const come: (SessionOf & { workspaceId: number })[] = [];
    for (const burst of bursts) {
      const { id, workspaceId } = burst.touched.contact;
      const mine = near.filter(({ contactId, platform }) => contactId === id && platform === burst.platform);
      const after = joinRuns([...mine, ...burst.activities]);
      gone.push(...mine);
      come.push(...after.map((run) => ({ ...run, contactId: id, workspaceId, platform: burst.platform })));
      see(burst, countSessions(after) - countSessions(mine));
    }
    await this.sessions.delete(gone, tx);
    await this.sessions.insert(come, tx);
  }
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

const activityOf = ({ createdAt, startsSession = false }: ActivityUpdate): Run => ({
  startedAt: createdAt,
  endedAt: createdAt,
  told: startsSession,
});

const timesOf = ({ activities }: Burst): number[] => activities.map(({ startedAt }) => startedAt);

const spanOf = (burst: Burst) => ({
  contactId: burst.touched.contact.id,
  platform: burst.platform,
  from: Math.min(...timesOf(burst)),
  to: Math.max(...timesOf(burst)),
});

/** Last seen moves forwards only; sessions are counted for the web (reference 1.4). */
function see(burst: Burst, newSessions: number): void {
  const { touched, platform } = burst;
  const { attributes } = touched.contact;
  const seen = attributes['last_seen_at'];
  const latest = Math.max(...timesOf(burst), typeof seen === 'number' ? seen : -Infinity);
  const counted = Number(attributes['web_sessions'] ?? 0);
  const sessions = platform === 'web' ? counted + newSessions : counted;
  if (latest !== seen) touched.note([{ key: 'last_seen_at', before: seen, after: latest }]);
  if (sessions !== counted) touched.note([{ key: 'web_sessions', before: counted, after: sessions }]);
  attributes['last_seen_at'] = latest;
  attributes['web_sessions'] = sessions;
  touched.profileChanged = true;
}

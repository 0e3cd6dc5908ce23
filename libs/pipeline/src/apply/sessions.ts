import { Injectable } from '@nestjs/common';
import { type SessionOf, SessionRepository, type Transaction } from '#database';
import {
  companySessions,
  countSessions,
  groupBy,
  type Id,
  joinRuns,
  type Platform,
  type Run,
  type RunChanges,
  runChanges,
  runOf,
  SESSION_COUNT,
  setValue,
} from '#domain';
import type { Batch, TouchedContact } from './batch.js';

/** The new activity of a contact on one platform. */
interface Burst {
  readonly touched: TouchedContact;
  readonly platform: Platform;
  readonly activities: Run[];
}

/** Folds activity into sessions, and counts them, for contacts and for companies. */
@Injectable()
export class Sessions {
  constructor(private readonly sessions: SessionRepository) {}

  async fold(batch: Batch, tx: Transaction): Promise<void> {
    const bursts = [...batch.contacts.values()].flatMap(burstsOf);
    if (bursts.length === 0) return;
    const near = groupBy(await this.sessions.near(bursts.map(spanOf), tx), keyOf);
    const changes = bursts.map((burst) => {
      const { id: contactId, workspaceId } = burst.touched.contact;
      const of = { contactId, workspaceId, platform: burst.platform };
      const before = near.get(keyOf(of)) ?? [];
      const after = joinRuns([...before, ...burst.activities], burst.platform);
      count(burst, countSessions(after, burst.platform) - countSessions(before, burst.platform));
      if (burst.platform === 'web') batch.companies.count(workspaceId, companySessions(before, after));
      return runChanges(
        before,
        after.map((run) => ({ ...run, ...of })),
      );
    });
    await this.sessions.write(together(changes), tx);
  }
}

function burstsOf(touched: TouchedContact): Burst[] {
  const activities = touched.rows.flatMap(({ update }) => (update.kind === 'activity' ? [update] : []));
  return [...groupBy(activities, ({ platform }) => platform)].map(([platform, updates]) => ({
    touched,
    platform,
    activities: updates.map(runOf),
  }));
}

function spanOf({ touched, platform, activities }: Burst) {
  const times = activities.map(({ startedAt }) => startedAt);
  return { contactId: touched.contact.id, platform, from: Math.min(...times), to: Math.max(...times) };
}

const keyOf = ({ contactId, platform }: { contactId: Id; platform: Platform }): string =>
  `${contactId} ${platform}`;

function count({ touched, platform }: Burst, by: number): void {
  const key = SESSION_COUNT[platform];
  const before = Number(touched.contact.attributes[key] ?? 0);
  if (by !== 0) touched.note(setValue(touched.contact, key, before + by));
}

const together = (changes: readonly RunChanges<SessionOf>[]): RunChanges<SessionOf> => ({
  gone: changes.flatMap(({ gone }) => gone),
  come: changes.flatMap(({ come }) => come),
  changed: changes.flatMap(({ changed }) => changed),
});

import type { CompanyVisit } from '#database';
import type { Id, Platform, Run } from '#domain';

/** What activity means for companies: when they were last seen, and how many more sessions are theirs. */
export class CompanyVisits {
  private readonly visits = new Map<string, CompanyVisit>();

  get all(): CompanyVisit[] {
    return [...this.visits.values()].filter(({ sessions, seenAt }) => sessions !== 0 || seenAt !== null);
  }

  /** The companies were seen by activities that are for them. */
  note(workspaceId: number, activities: readonly Run[]): void {
    for (const { companyIds, startedAt } of activities) {
      for (const id of companyIds) {
        const visit = this.of(workspaceId, id);
        visit.seenAt = Math.max(visit.seenAt ?? -Infinity, startedAt);
      }
    }
  }

  /** A company has the sessions on the web whose first activity was for it; one of many days is one. */
  count(
    workspaceId: number,
    { platform, before, after }: { platform: Platform; before: readonly Run[]; after: readonly Run[] },
  ): void {
    if (platform !== 'web') return;
    for (const id of after.flatMap(({ companyIds }) => companyIds)) this.of(workspaceId, id).sessions++;
    for (const id of before.flatMap(({ companyIds }) => companyIds)) this.of(workspaceId, id).sessions--;
  }

  private of(workspaceId: number, companyId: Id): CompanyVisit {
    const key = `${workspaceId} ${companyId}`;
    const visit = this.visits.get(key) ?? { workspaceId, companyId, sessions: 0, seenAt: null };
    this.visits.set(key, visit);
    return visit;
  }
}

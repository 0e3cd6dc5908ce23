import type { CompanyMove } from '#database';
import type { Id } from '#domain';

/** A company of a workspace. */
type Company = Pick<CompanyMove, 'workspaceId' | 'id'>;

/** What moves of companies, added up. */
export class CompanyMoves {
  private readonly moves = new Map<string, CompanyMove>();

  /** @param at unix seconds */
  see(company: Company, at: number): void {
    const { seenAt, ...before } = this.of(company);
    this.keep({ ...before, seenAt: Math.max(at, seenAt ?? -Infinity) });
  }

  /** @param differences by how many sessions each company has more, or less */
  count(workspaceId: number, differences: ReadonlyMap<Id, number>): void {
    for (const [id, by] of differences) {
      const { sessions, ...before } = this.of({ workspaceId, id });
      this.keep({ ...before, sessions: sessions + by });
    }
  }

  get all(): CompanyMove[] {
    return [...this.moves.values()];
  }

  private of({ workspaceId, id }: Company): CompanyMove {
    return this.moves.get(`${workspaceId} ${id}`) ?? { workspaceId, id, seenAt: null, sessions: 0 };
  }

  private keep(move: CompanyMove): void {
    this.moves.set(`${move.workspaceId} ${move.id}`, move);
  }
}

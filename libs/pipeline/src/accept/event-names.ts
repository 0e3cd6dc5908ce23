import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Database, EventNameRepository } from '#database';
import { DomainError, MAX_EVENT_NAMES } from '#domain';

const REMEMBERED_WORKSPACES = 1_000;

/**
 * The event names of workspaces: the first event of a name declares it, while there is room. A name never goes, so
 * what is remembered stays true, and an event of a known name costs no statement.
 */
@Injectable()
export class EventNames {
  private readonly known = new LRUCache<number, Set<string>>({ max: REMEMBERED_WORKSPACES });

  constructor(
    private readonly database: Database,
    private readonly repository: EventNameRepository,
  ) {}

  /** Declares the names that are new, all or none. Throws `parameter_invalid` when there is no room. */
  async declare(workspaceId: number, names: readonly string[]): Promise<void> {
    const [beyond] = await this.admit(workspaceId, names, { partial: false });
    if (beyond !== undefined) throw beyondLimit(beyond);
  }

  /** Declares as many as there is room for, and answers with what is wrong with each of the others. */
  async declareSome(
    workspaceId: number,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, DomainError>> {
    const beyond = await this.admit(workspaceId, names, { partial: true });
    return new Map(beyond.map((name) => [name, beyondLimit(name)]));
  }

  /** A workspace that is known to be full is not asked again. */
  private async admit(
    workspaceId: number,
    names: readonly string[],
    { partial }: { readonly partial: boolean },
  ): Promise<string[]> {
    const known = this.known.get(workspaceId) ?? (await this.load(workspaceId));
    const missing = missingIn(known, names);
    if (missing.length === 0 || known.size >= MAX_EVENT_NAMES) return missing;
    const there = await this.database.transaction(async (tx) => {
      await this.repository.lock(workspaceId, tx);
      const declared = await this.repository.list(workspaceId, tx);
      const added = fitting(declared, missing, partial);
      await this.repository.insert(workspaceId, added, tx);
      return [...declared, ...added];
    });
    return missingIn(this.remember(workspaceId, there), missing);
  }

  private async load(workspaceId: number): Promise<ReadonlySet<string>> {
    return this.remember(workspaceId, await this.repository.list(workspaceId));
  }

  private remember(workspaceId: number, names: Iterable<string>): ReadonlySet<string> {
    const known = this.known.get(workspaceId) ?? new Set();
    for (const name of names) known.add(name);
    this.known.set(workspaceId, known);
    return known;
  }
}

const missingIn = (known: ReadonlySet<string>, names: Iterable<string>): string[] =>
  [...names].filter((name) => !known.has(name));

/** The new ones among these names that there is room for: unless `partial`, none when not for all. */
function fitting(declared: readonly string[], names: readonly string[], partial: boolean): string[] {
  const wanted = missingIn(new Set(declared), new Set(names));
  const room = Math.max(0, MAX_EVENT_NAMES - declared.length);
  return partial || wanted.length <= room ? wanted.slice(0, room) : [];
}

function beyondLimit(name: string): DomainError {
  const message = `event_name: the workspace has ${MAX_EVENT_NAMES} event names, and "${name}" is none of them`;
  return new DomainError('parameter_invalid', message, 'event_name');
}

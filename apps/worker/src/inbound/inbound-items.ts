import { Injectable } from '@nestjs/common';
import { DomainError, InvalidInput } from '#domain';
import { AcceptService, Activities, UpsertService } from '#pipeline';
import type { Item } from './read-job.js';

type Outcome = DomainError | InvalidInput | null;
type Contact = Extract<Item, { type: 'contact' }>['contact'];

/** Takes in items of jobs in their order, for an event may be of a contact that was made just before. */
@Injectable()
export class InboundItems {
  constructor(
    private readonly accept: AcceptService,
    private readonly activities: Activities,
    private readonly upserts: UpsertService,
  ) {}

  /** Accepts what can be accepted, and answers for each with null or with what is wrong with it. */
  async take(workspaceId: number, items: readonly Item[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const run of runsOf(items)) outcomes.push(...(await this.takeRun(workspaceId, run)));
    return outcomes;
  }

  /** @param run items of one type */
  private async takeRun(workspaceId: number, run: readonly Item[]): Promise<Outcome[]> {
    const events = run.flatMap((item) => (item.type === 'event' ? [item.event] : []));
    if (events.length > 0) return this.accept.events(workspaceId, events);
    const activities = run.flatMap((item) => (item.type === 'activity' ? [item.activity] : []));
    if (activities.length > 0) return this.activities.take(workspaceId, activities);
    const outcomes: Outcome[] = [];
    for (const item of run)
      if (item.type === 'contact') outcomes.push(await this.upsert(workspaceId, item.contact));
    return outcomes;
  }

  private async upsert(workspaceId: number, { asked, sight }: Contact): Promise<Outcome> {
    try {
      await this.upserts.upsert(workspaceId, asked, { sight });
      return null;
    } catch (error) {
      if (error instanceof DomainError || error instanceof InvalidInput) return error;
      throw error;
    }
  }
}

/** Items that follow one another and are of one type. */
function runsOf(items: readonly Item[]): Item[][] {
  const runs: Item[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run?.[0]?.type === item.type) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

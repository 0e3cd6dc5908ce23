import { Injectable } from '@nestjs/common';
import type { DomainError } from '#domain';
import { EventRows } from '../accept/event-rows.js';
import { InboxService } from '../accept/inbox.service.js';
import { Draft, open, type Taken } from './draft.js';
import { IntakeSteps } from './intake-steps.js';
import type { Signal } from './signal.js';

/**
 * Takes in what sources send, whatever their shape was: the one way from a signal to the inbox. Each step is done for all
 * signals together: what is known already costs no statement, and only who is new, or called otherwise, a transaction.
 */
@Injectable()
export class Intake {
  constructor(
    private readonly events: EventRows,
    private readonly steps: IntakeSteps,
    private readonly inbox: InboxService,
  ) {}

  /**
   * Accepts what can be accepted, and answers for each signal with null or with what is wrong with it. Resolves when
   * what it accepts is committed.
   */
  async take(workspaceId: number, signals: readonly Signal[]): Promise<(DomainError | null)[]> {
    return (await this.receive(workspaceId, signals)).map(({ refusal }) => refusal);
  }

  /** The same, and says what was left out of those that were accepted. */
  async receive(workspaceId: number, signals: readonly Signal[]): Promise<Taken[]> {
    const drafts = signals.map((signal) => new Draft(workspaceId, signal));
    await this.admitEvents(workspaceId, drafts);
    const { people, traits, known, rows } = this.steps;
    await rows.describe(workspaceId, open(drafts));
    await people.find(workspaceId, open(drafts));
    await traits.admit(open(drafts));
    await known.write(workspaceId, open(drafts));
    await this.inbox.append(await rows.of(workspaceId, open(drafts)));
    return drafts;
  }

  /** First of all, so that nobody is made for an event that is refused. */
  private async admitEvents(workspaceId: number, drafts: readonly Draft[]): Promise<void> {
    const names = new Set(drafts.flatMap(({ signal }) => signal.event?.name ?? []));
    const refusals = await this.events.admit(workspaceId, [...names]);
    if (refusals.size === 0) return;
    for (const draft of drafts) draft.refusal = refusals.get(draft.signal.event?.name ?? '') ?? null;
  }
}

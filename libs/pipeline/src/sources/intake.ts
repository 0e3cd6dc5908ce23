import { Injectable } from '@nestjs/common';
import type { NewInboxRow } from '#database';
import { DomainError } from '#domain';
import { InboxService } from '../accept/inbox.service.js';
import { People } from './people.js';
import { SignalRows } from './signal-rows.js';
import type { Signal } from './signal.js';

/** Takes in what sources send, whatever their shape was: the one way from a signal to the inbox. */
@Injectable()
export class Intake {
  constructor(
    private readonly people: People,
    private readonly rows: SignalRows,
    private readonly inbox: InboxService,
  ) {}

  /**
   * Accepts what can be accepted, and answers for each signal with null or with what is wrong with it. Resolves when
   * what it accepts is committed.
   */
  async take(workspaceId: number, signals: readonly Signal[]): Promise<(DomainError | null)[]> {
    const rows: NewInboxRow[] = [];
    const refusals: (DomainError | null)[] = [];
    for (const signal of signals) {
      const taken = await this.rowsOf(workspaceId, signal).catch(refusal);
      refusals.push(taken instanceof DomainError ? taken : null);
      if (!(taken instanceof DomainError)) rows.push(...taken);
    }
    await this.inbox.append(rows);
    return refusals;
  }

  private async rowsOf(workspaceId: number, signal: Signal): Promise<NewInboxRow[]> {
    return this.rows.of({ workspaceId, contactId: await this.people.find(workspaceId, signal.who) }, signal);
  }
}

/** What is wrong with one signal is answered for that one; anything else is wrong with all. */
function refusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}

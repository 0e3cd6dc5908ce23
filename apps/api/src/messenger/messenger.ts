import { Injectable } from '@nestjs/common';
import {
  type BulkItem,
  errorsOf,
  errorsOfItems,
  parse,
  readable,
  type SendSignalsBody,
  signal as signalContract,
  type SignalReport,
} from '#contracts';
import { type DomainError, InvalidInput } from '#domain';
import { Intake } from '#pipeline';
import { Clock } from '#platform';
import { errorEntry } from '../http/error-list.js';
import { type BrowserWorkspace, BrowserWorkspaces } from '../identity/browser-workspaces.js';
import { type Origin, type PageSignal, PageSignals } from './page-signals.js';

type Item = BulkItem<PageSignal>;

/** Takes in what pages send. */
@Injectable()
export class Messenger {
  constructor(
    private readonly workspaces: BrowserWorkspaces,
    private readonly signals: PageSignals,
    private readonly intake: Intake,
    private readonly clock: Clock,
  ) {}

  /**
   * Each signal is accepted or refused by itself. Throws `not_found` for an app id that nobody has, and what is wrong
   * with the signals when none is accepted.
   */
  async take(appId: string, body: SendSignalsBody, origin: Origin): Promise<SignalReport> {
    const workspace = await this.workspaces.find(appId);
    const now = this.clock.now();
    const behind = body.sent_at === undefined ? 0 : now - body.sent_at;
    const items: Item[] = [];
    for (const signal of body.signals)
      items.push(await this.read(workspace, signal, { now, behind, origin }));
    const read = readable(items).map(({ signal }) => signal);
    return report(items, await this.intake.take(workspace.workspaceId, read));
  }

  private async read(
    workspace: BrowserWorkspace,
    input: unknown,
    { now, behind, origin }: { now: number; behind: number; origin: Origin },
  ): Promise<Item> {
    try {
      const body = parse(signalContract, input);
      // Nothing was seen before 1970, or after it was sent.
      const at = Math.min(Math.max(body.at + behind, 0), now);
      return { read: await this.signals.read(workspace, body, { at, origin }) };
    } catch (error) {
      return { errors: errorsOf(error) };
    }
  }
}

/** What became of each item; `outcomes` are those of the items that could be read, in their order. */
function report(items: readonly Item[], outcomes: readonly (DomainError | null)[]): SignalReport {
  const errors = errorsOfItems(items, outcomes);
  const refused = errors.filter((list) => list.length > 0).length;
  if (refused === items.length) throw new InvalidInput(errors.flat());
  return {
    type: 'signal_report',
    accepted: items.length - refused,
    refused,
    items: items.map((item, index) => ({
      accepted: errors[index]?.length === 0,
      errors: (errors[index] ?? []).map(errorEntry),
      warnings: 'read' in item ? item.read.warnings.map(errorEntry) : [],
    })),
  };
}

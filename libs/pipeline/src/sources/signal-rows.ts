import { Injectable } from '@nestjs/common';
import type { NewInboxRow } from '#database';
import { DomainError, type Update } from '#domain';
import { EventRows } from '../accept/event-rows.js';
import { DeviceAndPlace } from './device-and-place.js';
import type { Draft } from './draft.js';

/** Makes the inbox rows of signals whose people are known. */
@Injectable()
export class SignalRows {
  constructor(
    private readonly sights: DeviceAndPlace,
    private readonly events: EventRows,
  ) {}

  /**
   * Sees what the signals tell of device and place. Of a bot's visit no activity is left: it is passed over, so that
   * nobody is made for it, unless it says something of somebody.
   */
  async describe(workspaceId: number, drafts: readonly Draft[]): Promise<void> {
    for (const draft of drafts) {
      const { surroundings, activity, traits, companies = [], event } = draft.signal;
      if (!surroundings) continue;
      draft.described = await this.sights.describe(workspaceId, surroundings);
      if (!draft.described.bot || !activity) continue;
      draft.warnings.push(nobodyThere());
      draft.passedOver =
        event === undefined &&
        companies.length === 0 &&
        isEmpty({ ...traits?.attributes, ...traits?.customAttributes });
    }
  }

  /** The rows of each signal in their order; the events come last. */
  async of(workspaceId: number, drafts: readonly Draft[]): Promise<NewInboxRow[]> {
    const rows = drafts.flatMap((draft) => [...traitsOf(draft), ...activityOf(draft)]);
    return [...rows, ...(await this.eventsOf(workspaceId, drafts))];
  }

  private async eventsOf(workspaceId: number, drafts: readonly Draft[]): Promise<NewInboxRow[]> {
    const addressed = drafts.flatMap(({ signal: { at, event }, contactId }) => {
      if (!event) return [];
      const { key: dedupeKey, ...told } = event;
      return [{ contact: contactId, event: { createdAt: Math.floor(at), dedupeKey, ...told } }];
    });
    const rows = await this.events.ofMany(workspaceId, addressed);
    return rows.filter((row): row is NewInboxRow => !(row instanceof DomainError));
  }
}

/** What was seen of device and place comes with the activity, if there is one. */
function traitsOf(draft: Draft): NewInboxRow[] {
  const { traits, signal, described } = draft;
  const attributes = signal.activity ? traits.attributes : { ...described.attributes, ...traits.attributes };
  if (isEmpty(attributes) && isEmpty(traits.customAttributes)) return [];
  return [rowOf(draft, { kind: 'attributes', at: signal.at, ...traits, attributes })];
}

function activityOf(draft: Draft): NewInboxRow[] {
  const { signal, companyIds, described } = draft;
  const { bot, ...seen } = described;
  if (!signal.activity || bot) return [];
  const createdAt = Math.floor(signal.at);
  return [rowOf(draft, { kind: 'activity', createdAt, ...signal.activity, ...seen, companyIds })];
}

const nobodyThere = (): DomainError =>
  new DomainError(
    'parameter_invalid',
    'The activity was left out: its user agent is that of a bot, so nobody was there',
    'user_agent',
  );

const isEmpty = (values: object): boolean => Object.keys(values).length === 0;

const rowOf = ({ workspaceId, contactId }: Draft, update: Update): NewInboxRow => ({
  workspaceId,
  contactId,
  update,
});

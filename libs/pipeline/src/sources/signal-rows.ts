import { Injectable } from '@nestjs/common';
import type { NewInboxRow } from '#database';
import { DomainError, type Update } from '#domain';
import { EventRows } from '../accept/event-rows.js';
import { type Described, DeviceAndPlace } from './device-and-place.js';
import type { Draft } from './draft.js';

const NOTHING: Described = { attributes: {}, firstTouch: {} };

/** Makes the inbox rows of signals whose people are known. */
@Injectable()
export class SignalRows {
  constructor(
    private readonly sights: DeviceAndPlace,
    private readonly events: EventRows,
  ) {}

  /** The rows of each signal in their order; the events come last. */
  async of(workspaceId: number, drafts: readonly Draft[]): Promise<NewInboxRow[]> {
    const rows: NewInboxRow[] = [];
    for (const draft of drafts) {
      const { surroundings } = draft.signal;
      const described = surroundings ? await this.sights.describe(workspaceId, surroundings) : NOTHING;
      rows.push(...traitsOf(draft, described), ...activityOf(draft, described));
    }
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
function traitsOf(draft: Draft, described: Described): NewInboxRow[] {
  const { traits, signal } = draft;
  const attributes = signal.activity ? traits.attributes : { ...described.attributes, ...traits.attributes };
  if (isEmpty(attributes) && isEmpty(traits.customAttributes)) return [];
  return [rowOf(draft, { kind: 'attributes', at: signal.at, ...traits, attributes })];
}

function activityOf(draft: Draft, described: Described): NewInboxRow[] {
  const { signal, companyIds } = draft;
  if (!signal.activity) return [];
  const createdAt = Math.floor(signal.at);
  return [rowOf(draft, { kind: 'activity', createdAt, ...signal.activity, ...described, companyIds })];
}

const isEmpty = (values: object): boolean => Object.keys(values).length === 0;

const rowOf = ({ workspaceId, contactId }: Draft, update: Update): NewInboxRow => ({
  workspaceId,
  contactId,
  update,
});

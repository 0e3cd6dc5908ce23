import { Injectable } from '@nestjs/common';
import type { NewInboxRow } from '#database';
import type { Update } from '#domain';
import { type Asked, CustomAttributes } from '../accept/custom-attributes.js';
import { EventRows } from '../accept/event-rows.js';
import { type Described, DeviceAndPlace } from './device-and-place.js';
import { KnownPeople, type Owner } from './known-people.js';
import type { Signal } from './signal.js';

const NOTHING: Described = { attributes: {}, firstTouch: {} };

/** Makes the inbox rows of a signal whose person is known. What must be unique or is shared is written on the way. */
@Injectable()
export class SignalRows {
  constructor(
    private readonly people: KnownPeople,
    private readonly customAttributes: CustomAttributes,
    private readonly sights: DeviceAndPlace,
    private readonly events: EventRows,
  ) {}

  /** What a custom attribute cannot take is left out. Throws what {@link EventRows} and companies throw. */
  async of(owner: Owner, signal: Signal): Promise<NewInboxRow[]> {
    const { workspaceId } = owner;
    const described = signal.surroundings
      ? await this.sights.describe(workspaceId, signal.surroundings)
      : NOTHING;
    const companyIds = await this.people.attach(owner, signal.companies ?? []);
    const rows = await this.traitsOf(owner, signal, described);
    if (signal.event) {
      const { name, metadata, key } = signal.event;
      const event = {
        reference: { id: owner.contactId },
        name,
        metadata,
        createdAt: signal.at,
        dedupeKey: key,
      };
      rows.push(await this.events.ofOne(workspaceId, owner.contactId, event));
    }
    if (signal.activity)
      rows.push(
        rowOf(owner, {
          kind: 'activity',
          createdAt: signal.at,
          ...signal.activity,
          ...described,
          companyIds,
        }),
      );
    return rows;
  }

  /** Names must be unique, so they are written at once; the rest is as of its time. */
  private async traitsOf(
    owner: Owner,
    { at, traits, activity }: Signal,
    described: Described,
  ): Promise<NewInboxRow[]> {
    const asked: Asked = traits ?? { attributes: {}, customAttributes: {} };
    const model = { workspaceId: owner.workspaceId, model: 'contact' } as const;
    const { written } = await this.customAttributes.admit(model, asked, { partial: true });
    const { email, external_id: _, role: __, ...standard } = written.attributes;
    if (email !== undefined) await this.people.readdress(owner, email);
    const attributes = activity ? standard : { ...described.attributes, ...standard };
    if (Object.keys(attributes).length + Object.keys(written.customAttributes).length === 0) return [];
    return [rowOf(owner, { kind: 'attributes', at, attributes, customAttributes: written.customAttributes })];
  }
}

const rowOf = (owner: Owner, update: Update): NewInboxRow => ({
  ...owner,
  reference: { id: owner.contactId },
  update,
});

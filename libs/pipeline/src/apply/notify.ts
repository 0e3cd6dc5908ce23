import { Injectable } from '@nestjs/common';
import {
  DeliveryRepository,
  type NewNotification,
  notificationLane,
  NotificationRepository,
  RelationRepository,
  type Transaction,
} from '#database';
import { contactObject, type Id, type Relations } from '#domain';
import { Ids } from '#platform';
import type { Workspace } from '../rules/workspace.js';
import type { Batch, TouchedContact, Transition } from './batch.js';
import { type Happening, happenings } from './happenings.js';

type Addressed = NewNotification & { readonly endpointIds: readonly Id[] };

/** A contact about which somebody wants to be told something. */
interface Audible {
  readonly touched: TouchedContact;
  readonly workspace: Workspace;
  readonly heard: readonly (Happening & { readonly endpointIds: readonly Id[] })[];
}

/** Fourth step: what happened becomes notifications, numbered by contact, and a delivery for each endpoint that listens. */
@Injectable()
export class Notifier {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly relations: RelationRepository,
    private readonly ids: Ids,
  ) {}

  /** Answers with the endpoints that have something to deliver now. */
  async run(
    batch: Batch,
    transitions: ReadonlyMap<Id, readonly Transition[]>,
    tx: Transaction,
  ): Promise<Set<Id>> {
    const audible = audibleOf(batch, transitions);
    const relations = await this.relations.load(
      audible.map(({ touched }) => touched.contact.id),
      tx,
    );
    const addressed = audible.flatMap((what, i) => this.number(what, batch.now, relations[i]));
    await this.notifications.insert(addressed, tx);
    await this.deliveries.insert(
      addressed.flatMap(({ endpointIds, ...notification }) =>
        endpointIds.map((endpointId) => ({
          endpointId,
          id: this.ids.next(),
          workspaceId: notification.workspaceId,
          notificationLane: notificationLane(notification),
          notificationId: notification.id,
          topic: notification.topic,
        })),
      ),
      tx,
    );
    return new Set(addressed.flatMap(({ endpointIds }) => endpointIds));
  }

  private number(
    { touched, workspace, heard }: Audible,
    now: number,
    relations: Relations | undefined,
  ): Addressed[] {
    const { contact } = touched;
    const object = contactObject(contact, { appId: workspace.appId, relations });
    touched.marksChanged = true;
    return heard.map(({ topic, data, endpointIds }) => {
      contact.sequence++;
      const body = JSON.stringify({
        type: topic,
        timestamp: new Date(now * 1000).toISOString(),
        data: { ...data(object), sequence: contact.sequence },
      });
      const { id: contactId, workspaceId, sequence } = contact;
      return {
        id: this.ids.next(),
        workspaceId,
        contactId,
        sequence,
        topic,
        body,
        createdAt: now,
        endpointIds,
      };
    });
  }
}

/** What nobody listens to is not numbered: whoever listens to everything sees every number. */
function audibleOf(batch: Batch, transitions: ReadonlyMap<Id, readonly Transition[]>): Audible[] {
  return [...batch.contacts.values()].flatMap((touched) => {
    const { workspaceId, id } = touched.contact;
    const workspace = batch.workspaces.get(workspaceId);
    if (!workspace) return [];
    const what = { touched, workspace, transitions: transitions.get(id) ?? [], now: batch.now };
    const heard = happenings(what)
      .map((happening) => ({ ...happening, endpointIds: workspace.endpointsFor(happening.topic) }))
      .filter(({ endpointIds }) => endpointIds.length > 0);
    return heard.length > 0 ? [{ touched, workspace, heard }] : [];
  });
}

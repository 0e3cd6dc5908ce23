import { Injectable } from '@nestjs/common';
import { type Id, laneOf } from '#domain';
import { bytes, Database } from '../database.js';
import type { ConsentType, SubscriptionType } from '../entities/subscription-type.entity.js';

/** Names what one contact decided on one subscription type. */
export interface SubscriptionKey {
  readonly workspaceId: number;
  readonly contactId: Id;
  readonly typeId: number;
}

/** A subscription type on which a contact has decided: `consentType` is what it decided. */
export type DecidedType = Pick<
  SubscriptionType,
  'id' | 'name' | 'description' | 'state' | 'consentType' | 'contentTypes'
>;

const DECIDED = `
  t.id, t.name, t.description, t.state, d.consent_type AS "consentType", t.content_types AS "contentTypes"`;

/** What contacts decided on subscription types. What one has not decided is not here. */
@Injectable()
export class ContactSubscriptionRepository {
  constructor(private readonly database: Database) {}

  /** In the order in which the contact decided. */
  list(workspaceId: number, contactId: Id): Promise<DecidedType[]> {
    return this.database.query<DecidedType>(
      `SELECT ${DECIDED} FROM contact_subscription d JOIN subscription_type t ON t.id = d.subscription_type_id
       WHERE d.lane = $1 AND d.contact_id = $2 AND d.workspace_id = $3 ORDER BY d.decided_at, t.id`,
      [laneOf(contactId), bytes(contactId), workspaceId],
    );
  }

  /**
   * The latest decision counts. Undefined when there is no such contact or type. The contact cannot go in between.
   * @param at unix seconds
   */
  async decide(key: SubscriptionKey, consentType: ConsentType, at: number): Promise<DecidedType | undefined> {
    const [decided] = await this.database.query<DecidedType>(
      `WITH person AS (
         SELECT lane, id FROM contact
         WHERE lane = $1 AND id = $2 AND workspace_id = $3 AND role <> 'visitor' FOR KEY SHARE
       ), t AS (
         SELECT * FROM subscription_type WHERE workspace_id = $3 AND id = $4
       ), d AS (
         INSERT INTO contact_subscription
           (lane, contact_id, subscription_type_id, workspace_id, consent_type, decided_at)
         SELECT person.lane, person.id, t.id, $3, $5, to_timestamp($6) FROM person CROSS JOIN t
         ON CONFLICT (lane, contact_id, subscription_type_id)
           DO UPDATE SET consent_type = excluded.consent_type, decided_at = excluded.decided_at
         RETURNING consent_type
       )
       SELECT ${DECIDED} FROM d CROSS JOIN t`,
      [laneOf(key.contactId), bytes(key.contactId), key.workspaceId, key.typeId, consentType, at],
    );
    return decided;
  }

  /** Forgets what a contact decided, if it did. */
  async forget({ workspaceId, contactId, typeId }: SubscriptionKey): Promise<void> {
    await this.database.query(
      `DELETE FROM contact_subscription
       WHERE lane = $1 AND contact_id = $2 AND workspace_id = $3 AND subscription_type_id = $4`,
      [laneOf(contactId), bytes(contactId), workspaceId, typeId],
    );
  }
}

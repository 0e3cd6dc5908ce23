import { Injectable } from '@nestjs/common';
import { Database } from '../database.js';
import { SubscriptionType } from '../entities/subscription-type.entity.js';

/** What a client says of a subscription type. */
export type SubscriptionDefinition = Pick<
  SubscriptionType,
  'name' | 'description' | 'state' | 'consentType' | 'contentTypes'
>;

/** The kinds of messages that contacts decide on. `at` is in unix seconds. */
@Injectable()
export class SubscriptionTypeRepository {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  list(workspaceId: number): Promise<SubscriptionType[]> {
    return this.database.entities.find(SubscriptionType, { where: { workspaceId }, order: { id: 'ASC' } });
  }

  find(workspaceId: number, id: number): Promise<SubscriptionType | null> {
    return this.database.entities.findOneBy(SubscriptionType, { workspaceId, id });
  }

  create(workspaceId: number, definition: SubscriptionDefinition, at: number): Promise<SubscriptionType> {
    const { entities } = this.database;
    const times = { createdAt: new Date(at * 1000), updatedAt: new Date(at * 1000) };
    return entities.save(entities.create(SubscriptionType, { workspaceId, ...definition, ...times }));
  }

  /** What contacts decided stays as it is. Null if there is no such type. */
  async update(
    key: Pick<SubscriptionType, 'workspaceId' | 'id'>,
    change: Partial<SubscriptionDefinition>,
    at: number,
  ): Promise<SubscriptionType | null> {
    await this.database.entities.update(SubscriptionType, key, { ...change, updatedAt: new Date(at * 1000) });
    return this.find(key.workspaceId, key.id);
  }
}

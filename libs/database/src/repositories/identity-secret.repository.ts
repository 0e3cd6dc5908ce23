import { Injectable } from '@nestjs/common';
import { type Id, MAX_IDENTITY_SECRETS } from '#domain';
import { Database } from '../database.js';
import { IdentitySecret } from '../entities/identity-secret.entity.js';

/** A secret to be kept. `secret` is sealed. */
export type NewIdentitySecret = Pick<IdentitySecret, 'id' | 'workspaceId' | 'name' | 'secret'>;

/** The secrets that vouch for the users of workspaces. `at` is in unix seconds. */
@Injectable()
export class IdentitySecretRepository {
  constructor(private readonly database: Database) {}

  /** Undefined when the workspace has as many as it may. */
  create(secret: NewIdentitySecret, at: number): Promise<IdentitySecret | undefined> {
    const { workspaceId } = secret;
    return this.database.transaction(async (tx) => {
      // Secrets that are made at the same time are counted one after another.
      await tx.query('SELECT FROM workspace WHERE id = $1 FOR NO KEY UPDATE', [workspaceId]);
      if ((await tx.entities.countBy(IdentitySecret, { workspaceId })) >= MAX_IDENTITY_SECRETS)
        return undefined;
      const row = tx.entities.create(IdentitySecret, { ...secret, createdAt: new Date(at * 1000) });
      await tx.entities.insert(IdentitySecret, row);
      return row;
    });
  }

  /** Newest first. */
  list(workspaceId: number): Promise<IdentitySecret[]> {
    return this.database.entities.find(IdentitySecret, { where: { workspaceId }, order: { id: 'DESC' } });
  }

  /** False if there is none. */
  async remove(workspaceId: number, id: Id): Promise<boolean> {
    const { affected } = await this.database.entities.delete(IdentitySecret, { workspaceId, id });
    return Boolean(affected);
  }
}

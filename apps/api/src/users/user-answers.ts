import { Injectable } from '@nestjs/common';
import { UserRepository, type WorkspaceKey } from '#database';
import { type Contact, userObject, type UserObject } from '#domain';
import type { WrittenContact } from '#pipeline';
import { withWarnings } from '../http/warnings.js';

/** Users as version 1 answers them. */
@Injectable()
export class UserAnswers {
  constructor(private readonly users: UserRepository) {}

  async one(caller: WorkspaceKey, user: Contact): Promise<UserObject> {
    const [relations] = await this.users.relations([user.id]);
    return userObject(user, { ...caller, relations });
  }

  /** The same, with `warnings` when something was left out of the write. */
  async written(caller: WorkspaceKey, user: WrittenContact) {
    return withWarnings(await this.one(caller, user), user.warnings);
  }

  async many(caller: WorkspaceKey, users: readonly Contact[]): Promise<UserObject[]> {
    const relations = await this.users.relations(users.map(({ id }) => id));
    return users.map((user, i) => userObject(user, { ...caller, relations: relations[i] }));
  }
}

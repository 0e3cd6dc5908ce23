import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CreateIdentitySecretBody } from '#contracts';
import { type IdentitySecret, IdentitySecretRepository } from '#database';
import { DomainError, MAX_IDENTITY_SECRETS } from '#domain';
import { Clock, Ids, SecretBox } from '#platform';

/** As many as the signature has. */
const SECRET_BYTES = 32;

/** Makes the secrets that vouch for users. They are kept sealed; the key of a signature is the text as it is shown. */
@Injectable()
export class IdentitySecrets {
  constructor(
    private readonly secrets: IdentitySecretRepository,
    private readonly box: SecretBox,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Throws `conflict` when there are as many as there may be. */
  async create(
    workspaceId: number,
    { name, secret: own }: CreateIdentitySecretBody,
  ): Promise<{ readonly kept: IdentitySecret; readonly secret: string }> {
    const id = this.ids.next();
    const secret = own ?? randomBytes(SECRET_BYTES).toString('hex');
    const sealed = this.box.seal(Buffer.from(secret), id);
    const kept = await this.secrets.create({ id, workspaceId, name, secret: sealed }, this.clock.now());
    if (!kept) throw tooMany();
    return { kept, secret };
  }
}

const tooMany = (): DomainError =>
  new DomainError('conflict', `There are ${MAX_IDENTITY_SECRETS} secrets: delete one that nobody signs with`);

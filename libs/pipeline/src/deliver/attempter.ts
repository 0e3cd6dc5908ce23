import { Injectable } from '@nestjs/common';
import type { Claim, ClaimedDelivery, FinishedAttempt } from '#database';
import { type Id, type Outcome, verdictOf } from '#domain';
import { Clock, OutboundSender, SecretBox, signedHeaders } from '#platform';

/** A URL, and the key that signs what goes there; without a key nothing can be sent. */
export interface Target {
  readonly url: string;
  readonly key: Uint8Array | undefined;
}

/** Makes one attempt: signs, sends, and says what follows. */
@Injectable()
export class Attempter {
  constructor(
    private readonly sender: OutboundSender,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** How long an attempt takes at most, in milliseconds. */
  get deadlineMs(): number {
    return this.sender.limits.deadlineMs;
  }

  targetOf({ url, secret }: Claim, endpointId: Id): Target {
    try {
      return { url, key: this.secrets.open(secret, endpointId) };
    } catch {
      return { url, key: undefined };
    }
  }

  async attempt(target: Target, delivery: ClaimedDelivery): Promise<FinishedAttempt> {
    const startedAt = this.clock.now();
    const outcome = target.key
      ? await this.send(target.url, target.key, delivery, startedAt)
      : SECRET_UNREADABLE;
    const verdict = verdictOf(outcome, delivery.automaticAttempt, this.clock.now(), Math.random());
    return { delivery, startedAt, outcome, verdict };
  }

  /** The id is the notification's, so that whatever is sent again carries the id it had. */
  private send(
    url: string,
    key: Uint8Array,
    { notificationId: id, body }: ClaimedDelivery,
    timestamp: number,
  ): Promise<Outcome> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Muster',
      ...signedHeaders(key, { id, timestamp, body }),
    };
    return this.sender.post({ url, headers, body });
  }
}

const SECRET_UNREADABLE: Outcome = {
  error: 'secret_unreadable',
  message: 'the secret of this endpoint was encrypted with another MUSTER_SECRET_KEY',
  durationMs: 0,
};

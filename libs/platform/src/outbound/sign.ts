import { createHmac } from 'node:crypto';
import { signedText } from '#domain';

/** What is signed: `timestamp` is that of the attempt in unix seconds, `body` the exact text that is sent. */
export interface SignedMessage {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
}

/** The headers of Standard Webhooks 1.0.0, with an HMAC-SHA256 signature by `key`. */
export function signedHeaders(
  key: Uint8Array,
  { id, timestamp, body }: SignedMessage,
): Record<string, string> {
  const second = Math.floor(timestamp);
  const signature = createHmac('sha256', key)
    .update(signedText(id, second, body))
    .digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': `${second}`, 'webhook-signature': `v1,${signature}` };
}

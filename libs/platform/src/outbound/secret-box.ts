import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { Id } from '#domain';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts secrets at rest with AES-256-GCM, by a key derived from the server's secret key. A sealed secret is hex of:
 * a version byte, 12 bytes of nonce, the ciphertext, 16 bytes of tag. It opens only for the owner it was sealed for.
 */
export class SecretBox {
  private readonly key: Buffer;

  /** @param secretKey any text of enough entropy; deriving the key takes tens of milliseconds, once */
  constructor(secretKey: string) {
    this.key = scryptSync(secretKey, 'muster secret box 1', 32);
  }

  seal(secret: Uint8Array, owner: Id): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(owner));
    const sealed = [cipher.update(secret), cipher.final()];
    return Buffer.concat([Buffer.of(VERSION), iv, ...sealed, cipher.getAuthTag()]).toString('hex');
  }

  /** @throws Error if it was sealed by another key, for another owner, or was changed since */
  open(sealed: string, owner: Id): Uint8Array {
    const bytes = Buffer.from(sealed, 'hex');
    if (bytes[0] !== VERSION) throw new Error(`a sealed secret of version ${bytes[0]} cannot be opened`);
    const iv = bytes.subarray(1, 1 + IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(owner))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}

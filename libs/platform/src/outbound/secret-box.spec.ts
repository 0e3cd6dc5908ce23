import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SecretBox } from './secret-box.js';

const OWNER = '0191aaaaaaaabbbbbbbbbbbb';
const OTHER = '0191aaaaaaaacccccccccccc';
const box = new SecretBox('a secret key of the server');
const secret = new Uint8Array(randomBytes(32));

describe('a sealed secret', () => {
  it('opens for its owner, also after a restart', () => {
    const sealed = box.seal(secret, OWNER);
    expect(new Uint8Array(box.open(sealed, OWNER))).toEqual(secret);
    expect(new Uint8Array(new SecretBox('a secret key of the server').open(sealed, OWNER))).toEqual(secret);
  });

  it('does not show the secret, nor that two are the same', () => {
    const sealed = box.seal(secret, OWNER);
    expect(sealed).not.toContain(Buffer.from(secret).toString('hex'));
    expect(box.seal(secret, OWNER)).not.toBe(sealed);
  });

  it('does not open with another key, for another owner, or changed', () => {
    const sealed = box.seal(secret, OWNER);
    const unauthentic = 'unable to authenticate';
    expect(() => new SecretBox('another secret key').open(sealed, OWNER)).toThrow(unauthentic);
    expect(() => box.open(sealed, OTHER)).toThrow(unauthentic);
    for (const at of [1, 14, sealed.length / 2 - 1]) {
      const bytes = Buffer.from(sealed, 'hex');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(() => box.open(bytes.toString('hex'), OWNER)).toThrow(unauthentic);
    }
  });

  it('does not open cut short, or of an unknown version', () => {
    const sealed = box.seal(secret, OWNER);
    expect(() => box.open(sealed.slice(0, 20), OWNER)).toThrow('Invalid authentication tag length');
    expect(() => box.open(`02${sealed.slice(2)}`, OWNER)).toThrow('version 2');
    expect(() => box.open('', OWNER)).toThrow('version undefined');
  });
});

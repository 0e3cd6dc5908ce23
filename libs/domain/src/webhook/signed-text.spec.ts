import { describe, expect, it } from '@jest/globals';
import { formatSecret, parseSecret, signedText } from './signed-text.js';

describe('the signed text', () => {
  it('is id, timestamp and body, joined by dots', () => {
    expect(signedText('msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
      'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}',
    );
  });
});

describe('a secret', () => {
  it('is read and written back the same', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(parseSecret(secret)).toHaveLength(24);
    expect(formatSecret(parseSecret(secret))).toBe(secret);
  });

  it('may be 24 to 64 bytes long', () => {
    for (const length of [24, 25, 32, 64]) {
      const key = Uint8Array.from({ length }, (_, i) => i * 7);
      expect(parseSecret(formatSecret(key))).toEqual(key);
    }
  });

  it.each([
    ['no prefix', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['nothing after it', 'whsec_'],
    ['not base64', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_'],
    ['bad length', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS'],
    ['too short', formatSecret(new Uint8Array(23))],
    ['too long', formatSecret(new Uint8Array(65))],
  ])('is refused with %s', (_, secret) => {
    expect(() => parseSecret(secret)).toThrow(expect.objectContaining({ field: 'secret' }));
  });
});

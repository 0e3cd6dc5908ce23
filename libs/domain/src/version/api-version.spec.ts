import { describe, expect, it } from '@jest/globals';
import { isSince, parseVersion } from './api-version.js';

describe('a version', () => {
  it.each(['1.0', '1.4', '2.0', '2.9', '2.10', '2.17', 'Unstable', 'Preview'])('may be %s', (version) => {
    expect(parseVersion(version)).toBe(version);
  });

  it.each(['', '1.5', '1', '2', '2.18', '3.0', '2.1.0', 'preview', ' 2.14'])('cannot be "%s"', (version) => {
    expect(() => parseVersion(version)).toThrow(/expected 1.0 to 1.4, 2.0 to 2.17/);
  });

  it('is compared as numbers, not as text, and Preview is the newest', () => {
    expect(isSince('2.10', '2.9')).toBe(true);
    expect(isSince('2.9', '2.10')).toBe(false);
    expect(isSince('1.4', '2.0')).toBe(false);
    expect(isSince('Preview', '2.17')).toBe(true);
  });
});

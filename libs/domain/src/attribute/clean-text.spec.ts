import { expect, it } from '@jest/globals';
import { MAX_ATTRIBUTE_STRING } from './attribute-value.js';
import { cleanText } from './clean-text.js';

const FITS = 'x'.repeat(MAX_ATTRIBUTE_STRING);

it.each([
  ['Chrome', 'Chrome'],
  ['  Chrome\n', 'Chrome'],
  ['Chr\0ome', 'Chrome'],
  ['a\ud83db', 'ab'],
  ['a\ude00b', 'ab'],
  ['a😀b', 'a😀b'],
  ['', undefined],
  [' \0 ', undefined],
  ['\ud83d', undefined],
  [undefined, undefined],
  [FITS, FITS],
  [`${FITS}y`, FITS],
  [`${FITS.slice(1)}😀`, FITS.slice(1)],
])('%j is kept as %j', (text, expected) => {
  expect(cleanText(text)).toBe(expected);
});

import { expect, it } from '@jest/globals';
import { formatPhone } from './format-phone.js';

it.each([
  ['+49 (30) 123 456 78', '+493012345678'],
  ['+1 213-373-4253', '+12133734253'],
  ['  +44 20 7946 0958 ', '+442079460958'],
  ['tel:+353-1-437-0000', '+35314370000'],
  ['+1 213 373 4253 ext. 12', '+12133734253'],
  ['030 12345678', undefined],
  ['0049 30 12345678', undefined],
  ['213-373-4253', undefined],
  ['call +49 30 12345678', undefined],
  ['+1', undefined],
  ['+999 12345678', undefined],
  ['+49 30 123456789012345678', undefined],
  ['', undefined],
  ['nonsense', undefined],
])('%j is %s', (phone, expected) => {
  expect(formatPhone(phone)).toBe(expected);
});

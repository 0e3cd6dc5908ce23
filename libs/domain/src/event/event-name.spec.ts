import { expect, it } from '@jest/globals';
import { normalizeEventName } from './event-name.js';

it.each([
  ['Order Placed', 'order placed'],
  ['  padded\t', 'padded'],
  ['order.placed$now', 'order-placed-now'],
  ['invited-friend', 'invited-friend'],
  [' . ', '-'],
  ['ÉCOLE', 'école'],
])('keeps %j as %j', (name, kept) => {
  expect(normalizeEventName(name)).toBe(kept);
});

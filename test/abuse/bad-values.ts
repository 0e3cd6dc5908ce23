/** What a client sends by mistake or by malice where something else is expected, as JSON. */
export const BAD_VALUES: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e308',
  '-1e999',
  '9007199254740993',
  '2147483648',
  '1e11',
  '""',
  '"NaN"',
  '"1e999"',
  '"\\u0000"',
  '"\\ud800"',
  '"İ\u202e"',
  `"${'x'.repeat(256)}"`,
  `"${'x'.repeat(50_001)}"`,
  '[]',
  '[null]',
  '[[{}]]',
  '{}',
  '{"constructor":{"toString":null}}',
  '{"a.b\'$":"x"}',
  '{"\\u0000":1}',
  `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
  `${'{"operator":"NOT","value":['.repeat(500)}${']}'.repeat(500)}`,
];

/** Bodies that are wrong as a whole. */
export const BAD_BODIES: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '[{}]',
  '"x"',
  '1',
  '1e999',
  'undefined',
];

/** What stands where an id, a number or a cursor belongs in a URL, as it is sent. */
export const BAD_WORDS: readonly string[] = [
  '',
  '0',
  '-1',
  '1.5',
  'NaN',
  '1e999',
  '2147483648',
  '99999999999999999999',
  'a%00b',
  '%ff',
  '%zz',
  '%ed%a0%80',
  '..%2f',
  "'%20OR%20true%20--",
  'x'.repeat(300),
  'f'.repeat(24),
  'F'.repeat(24),
  'W10', // the cursor of []
  'WyJjcmVhdGVkX2F0IiwiZGVzY2VuZGluZyIse30sIngiLDJd', // ["created_at","descending",{},"x",2]
  'WyJjcmVhdGVkX2F0IiwiZGVzY2VuZGluZyIsMWUzMDgsImZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmYiLDJd', // an instant of 1e308
];

import { expect, it } from '@jest/globals';
import { csvLine } from './csv.js';

it.each<[string, (string | number)[], string]>([
  ['plain cells', ['a', '', 'ü b'], 'a,,ü b'],
  ['commas', ['a,b'], '"a,b"'],
  ['quotes', ['say "hi"'], '"say ""hi"""'],
  ['line breaks', ['a\nb', 'c\r\nd'], '"a\nb","c\r\nd"'],
  ['numbers, whatever their sign', [-1, 1.5], '-1,1.5'],
  ['what would be a formula', ['=1+1', '+1', '-1', '@a', '\t=1'], "'=1+1,'+1,'-1,'@a,'\t=1"],
  ['a formula in quotes', ['=HYPERLINK("x","y")'], `"'=HYPERLINK(""x"",""y"")"`],
  ['a leading apostrophe', ["'a", "o'b"], "''a,o'b"],
])('%s are written so that they are read again', (_, cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});

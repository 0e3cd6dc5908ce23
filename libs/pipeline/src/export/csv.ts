const QUOTED = /[",\r\n]/;

/** What a spreadsheet takes for a formula, and the mark that keeps it from doing so. */
const FORMULA = /^[=+\-@\t\r']/;

/**
 * A line of CSV as RFC 4180 has it. A text that a spreadsheet would run as a formula gets a leading `'`, for people
 * choose their names themselves; one that begins with `'` gets another, so that taking the first one away always gives
 * the text back. Numbers stay as they are.
 */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

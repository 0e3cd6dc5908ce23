import type { Verdict } from '#pipeline';

/** What an audit found, a line for each difference and one for all. */
export function verdictText({ contacts, facts, differences }: Verdict): string {
  const lines = differences.map(
    ({ of, what, stored, found }) => `${of}: ${what} is ${text(stored)}, and should be ${text(found)}`,
  );
  const found = differences.length === 1 ? '1 difference' : `${differences.length} differences`;
  return [...lines, `verify: ${contacts} contacts, ${facts} facts, ${found}`, ''].join('\n');
}

const text = (value: unknown): string => (value === undefined ? 'unknown' : JSON.stringify(value));

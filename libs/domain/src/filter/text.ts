import type { Condition } from './filter.js';
import type { Question } from './predicate.js';

type TextCondition = Extract<Condition, { operator: '~' | '!~' | '^' | '$' }>;

/** Contains (`~`), starts with (`^`), ends with (`$`), whatever the case; `!~` is the complement of `~`. */
export function textSearch(condition: TextCondition): Question {
  const matches = matcher(condition);
  return {
    shape: { kind: 'tested', id: JSON.stringify(condition) },
    test:
      condition.operator === '!~'
        ? (value) => typeof value !== 'string' || !matches(foldCase(value))
        : (value) => typeof value === 'string' && matches(foldCase(value)),
  };
}

/**
 * A text without its case. Lower case has one letter that depends on what surrounds it, the sigma that ends a word:
 * folded it is as any other, so that a part of a text stays a part of it. SQL folds alike, see `comparison-sql.ts`.
 */
const foldCase = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

function matcher({ operator, value }: TextCondition): (text: string) => boolean {
  const part = foldCase(value);
  if (operator === '^') return (text) => text.startsWith(part);
  if (operator === '$') return (text) => text.endsWith(part);
  return (text) => text.includes(part);
}

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
        ? (value) => typeof value !== 'string' || !matches(value.toLowerCase())
        : (value) => typeof value === 'string' && matches(value.toLowerCase()),
  };
}

function matcher({ operator, value }: TextCondition): (text: string) => boolean {
  const part = value.toLowerCase();
  if (operator === '^') return (text) => text.startsWith(part);
  if (operator === '$') return (text) => text.endsWith(part);
  return (text) => text.includes(part);
}

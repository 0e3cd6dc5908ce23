import type { Condition } from './filter.js';
import type { Question } from './predicate.js';

type PresenceCondition = Extract<Condition, { operator: 'is_unknown' | 'has_any_value' }>;

export function presence({ operator }: PresenceCondition): Question {
  const unknown = operator === 'is_unknown';
  return {
    shape: { kind: 'tested', id: operator },
    test: (value) => (value === undefined) === unknown,
  };
}

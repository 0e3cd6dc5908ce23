import { DomainError, UNSTORABLE } from '#domain';

/** In JSON it can only be written as escapes. */
const ESCAPED = /\\u(?:0000|[dD][89a-fA-F])/;

/** Whether a JSON text has to be searched at all: nearly none has. */
export const mayHoldUnstorableText = (json: string): boolean => ESCAPED.test(json);

/**
 * Throws parameter_invalid that names the first string or key, however deep, that could not be stored as it was sent.
 */
export function refuseUnstorableText(input: unknown): void {
  const waiting: { value: unknown; path: string }[] = [{ value: input, path: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') refuse(value, path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const inside = path === '' ? key : `${path}.${key}`;
      refuse(key, inside);
      waiting.push({ value: inner, path: inside });
    }
  }
}

function refuse(text: string, path: string): void {
  if (!UNSTORABLE.test(text)) return;
  const field = JSON.stringify(path).slice(1, -1);
  throw new DomainError(
    'parameter_invalid',
    `${field}: expected text without NUL and without halves of surrogate pairs`,
    field,
  );
}

import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Logger } from './logger.js';

function logged(use: (logger: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  use(new Logger(pino({}, { write: (line: string) => void lines.push(line) })));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a failure', () => {
  it('is logged once a second and kind', () => {
    const lines = logged((logger) => {
      for (let i = 0; i < 10; i++) logger.failure('queue', new Error('gone'));
      logger.failure('database', new Error('gone'));
    });
    expect(lines.map(({ kind }) => kind)).toEqual(['queue', 'database']);
  });

  it('is logged with what caused it, and without what a driver hangs on its errors', () => {
    const cause = Object.assign(new Error('duplicate key'), {
      code: '23505',
      parameters: ['ada@example.com'],
    });
    const [line] = logged((logger) => logger.failure('request', new Error('Request 1 failed', { cause })));
    expect(line).toMatchObject({ msg: 'Request 1 failed', err: { cause: { code: '23505' } } });
    expect(JSON.stringify(line)).toContain('duplicate key');
    expect(JSON.stringify(line)).not.toContain('ada@example.com');
  });
});

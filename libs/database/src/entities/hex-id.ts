import type { ColumnOptions } from 'typeorm';

/** A bytea column that is hex in TypeScript. The driver's type parser reads it; this writes it. */
export function hexId(options: ColumnOptions = {}): ColumnOptions {
  return {
    ...options,
    type: 'bytea',
    transformer: { to: toBytes, from: (value: unknown) => value },
  };
}

const toBytes = (hex: unknown): unknown => (typeof hex === 'string' ? Buffer.from(hex, 'hex') : hex);

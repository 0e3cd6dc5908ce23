import { z } from 'zod';
import { MAX_NAME, secondsOrNull, text } from './values.js';

/** `POST /write_keys`: the name says what the key is for. */
export const createWriteKey = z.strictObject({ name: text(MAX_NAME, 1) }, 'expected an object');

/** A write key, told from others by how it begins. */
export const writeKeyAnswer = z.object({
  type: z.literal('write_key'),
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  created_at: secondsOrNull,
});

/** The answer to `POST /write_keys`, the only one that has the key. */
export const createdWriteKey = writeKeyAnswer.extend({ key: z.string() });

export const writeKeyList = z.object({ type: z.literal('list'), data: z.array(writeKeyAnswer) });

export type CreateWriteKeyBody = z.output<typeof createWriteKey>;
export type WriteKeyAnswer = z.output<typeof writeKeyAnswer>;

import { z } from 'zod';

/** One problem: a stable code, a message for people, the dotted path of the input it is about. */
export const errorEntry = z.looseObject({
  code: z.string(),
  message: z.string(),
  field: z.string().optional(),
});

/** Every answer of 400 and above. */
export const errorList = z.object({
  type: z.literal('error.list'),
  request_id: z.string(),
  errors: z.array(errorEntry),
});

export type ErrorEntry = z.output<typeof errorEntry>;
export type ErrorList = z.output<typeof errorList>;

import { z } from 'zod';
import { MAX_NAME, text } from './values.js';

/** `GET /companies/scroll` and `GET /users/scroll`; `scroll_param` is what the step before answered. */
export const scrollQuery = z.strictObject({ scroll_param: text(MAX_NAME).optional() });

export type ScrollQuery = z.output<typeof scrollQuery>;

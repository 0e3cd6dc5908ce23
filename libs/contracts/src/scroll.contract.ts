import { z } from 'zod';
import { text } from './values.js';

/** `GET /companies/scroll` and `GET /users/scroll`; `scroll_param` is what the step before answered. */
export const scrollQuery = z.strictObject({ scroll_param: text(255).optional() });

export type ScrollQuery = z.output<typeof scrollQuery>;
